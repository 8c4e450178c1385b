import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { MerchantName } from '../merchants/MerchantName';
import { SelectInput } from '../ui/SelectInput';
import { Figures } from './Figures';
import { Grid, Wide } from './Grid';
import { Info } from './Info';
import { RateCell } from './RateCell';
import { rowsBehind, rowsCounted, type ReportAddress } from './report-address';
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

const linkOf = (address: ReportAddress | null): string | null => address && rowsBehind(address);

/** Leads to its rows where they can be shown. */
function Figure({ to, children }: { readonly to: string | null; readonly children: ReactNode }) {
  return to === null ? children : <Link to={to}>{children}</Link>;
}

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
  /** `whose` finds the slice in the list of sessions; null where it cannot. */
  const figures = ({ counts, rates }: Slice, whose: ReportAddress | null) => (
    <>
      <td>
        <Figure to={linkOf(whose)}>{count(counts['sessions'] ?? 0)}</Figure>
      </td>
      {definitions.map(({ id, numerator = [] }) => (
        <td key={id}>
          <Figure to={whose && rates[id]?.value !== undefined ? rowsCounted(whose, numerator) : null}>
            <RateCell rate={rates[id]} smallBelow={catalogue.small_below} />
          </Figure>
        </td>
      ))}
    </>
  );
  const sliceOf = (value: string | null): ReportAddress | null =>
    filter === null || value === null ? null : { ...address, filter: { ...address.filter, [filter]: [value] } };
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
                    <Figure to={linkOf(sliceOf(row.value))}>{nameOf(row.value)}</Figure>
                  </th>
                  {figures(row, sliceOf(row.value))}
                </tr>
              ))}
              {(others.counts['sessions'] ?? 0) > 0 && (
                <tr>
                  <th scope="row">All others</th>
                  {figures(others, null)}
                </tr>
              )}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">Total</th>
                {figures(total, address)}
              </tr>
            </tfoot>
          </Grid>
        </Wide>
      )}
    </Figures>
  );
}
