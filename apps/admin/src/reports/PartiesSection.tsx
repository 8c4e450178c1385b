import { Choice } from './Choice';
import { Figures } from './Figures';
import type { ReportAddress } from './report-address';
import { SplitTable } from './SplitTable';
import type { Catalogue, Party, Split } from './types';
import { useReport } from './use-report';
import { useSeen } from './use-seen';

const PARTIES = [
  { value: 'issuer', label: 'Issuers' },
  { value: 'acs', label: 'ACS' },
] as const;

const TITLE = 'Issuers and ACS';

/** What tells one issuer from another. */
const RATES = ['authentication', 'challenge', 'challenge_success', 'issuer_decline', 'technical_failure'];

interface PartiesSectionProps {
  readonly question: Readonly<Record<string, string>>;
  readonly address: ReportAddress;
  readonly catalogue: Catalogue;
  readonly onTable: (table: Party) => void;
}

/** How the other side does: issuers, or the servers that authenticate for them. Counted, which takes long, for who comes here. */
export function PartiesSection({ question, address, catalogue, onTable }: PartiesSectionProps) {
  const [ref, isSeen] = useSeen();
  const { table } = address;
  const query = useReport<Split>('split', { ...question, by: table }, isSeen);
  return (
    <div ref={ref} style={{ minWidth: 0 }}>
      <Figures
        title={TITLE}
        query={query}
        isFlush
        actions={<Choice label="Whose figures" value={table} choices={PARTIES} onChange={onTable} />}
      >
        {(split) => <SplitTable label={TITLE} split={split} rates={RATES} address={address} catalogue={catalogue} />}
      </Figures>
    </div>
  );
}
