import { SelectInput } from '../ui/SelectInput';
import { Figures } from './Figures';
import type { ReportAddress } from './report-address';
import { SplitTable } from './SplitTable';
import type { Catalogue, Split } from './types';
import { useReport } from './use-report';

const RATES = [
  'authentication',
  'frictionless',
  'challenge_success',
  'challenge_abandonment',
  'issuer_decline',
  'technical_failure',
  'liability_shift',
];

interface SplitSectionProps {
  readonly question: Readonly<Record<string, string>>;
  readonly address: ReportAddress;
  readonly catalogue: Catalogue;
  readonly onBy: (by: string) => void;
}

/** The same figures for every value of a dimension. */
export function SplitSection({ question, address, catalogue, onBy }: SplitSectionProps) {
  const { by } = address;
  const query = useReport<Split>('split', { ...question, by });
  return (
    <Figures
      title="Split"
      query={query}
      isFlush
      actions={
        <SelectInput
          label="Split by"
          value={by}
          choices={catalogue.dimensions.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={onBy}
        />
      }
    >
      {(split) => <SplitTable label="Split" split={split} rates={RATES} address={address} catalogue={catalogue} />}
    </Figures>
  );
}
