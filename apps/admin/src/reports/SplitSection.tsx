import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { MerchantName } from '../merchants/MerchantName';
import { SelectInput } from '../ui/SelectInput';
import { Figures } from './Figures';
import { Grid, Wide } from './Grid';
import { Info } from './Info';
import { RateCell } from './RateCell';
import { rowsBehind, type ReportAddress } from './report-address';
import type { Catalogue, Slice, Split } from './types';
import { useReport } from './use-report';
import { count, valueWords } from './words';

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
  const filter = catalogue.dimensions.find(({ id }) => id === by)?.filter ?? null;
  const definitions = RATES.flatMap((id) => catalogue.rates.filter((one) => one.id === id));
  const nameOf = (value: string | null): ReactNode =>
    by === 'merchant' && value !== null ? <MerchantName id={value} /> : valueWords(by, value);
  const figures = ({ counts, rates }: Slice) => (
    <>
      <td>{count(counts['sessions'] ?? 0)}</td>
      {definitions.map(({ id }) => (
        <td key={id}>
          <RateCell rate={rates[id]} smallBelow={catalogue.small_below} />
        </td>
      ))}
    </>
  );
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
      {({ rows, others, total }) => (
        <Wide tabIndex={0} role="region" aria-label="Split">
          <Grid>
            <thead>
              <tr>
                <th scope="col">{catalogue.dimensions.find(({ id }) => id === by)?.title}</th>
                <th scope="col">Sessions</th>
                {definitions.map((definition) => (
                  <th scope="col" key={definition.id}>
                    {definition.title.replace(/ rate$/, '')}
                    <Info definition={definition} catalogue={catalogue} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={String(row.value)}>
                  <th scope="row">
                    {filter === null || row.value === null ? (
                      nameOf(row.value)
                    ) : (
                      <Link to={rowsBehind(address, { [filter]: [row.value] })}>{nameOf(row.value)}</Link>
                    )}
                  </th>
                  {figures(row)}
                </tr>
              ))}
              {(others.counts['sessions'] ?? 0) > 0 && (
                <tr>
                  <th scope="row">All others</th>
                  {figures(others)}
                </tr>
              )}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">Total</th>
                {figures(total)}
              </tr>
            </tfoot>
          </Grid>
        </Wide>
      )}
    </Figures>
  );
}
