import type { ReactNode } from 'react';
import { MerchantName } from '../merchants/MerchantName';
import { narrowed } from '../list/filter-field';
import type { FilterValue } from '../providers/list-query';
import { IdLink } from '../ui/IdLink';
import { Explained } from './Explained';
import { Figure } from './Figure';
import { Grid, Wide } from './Grid';
import { NobodyKnown } from './NobodyKnown';
import { RateCell } from './RateCell';
import { rowsBehind, rowsCounted, type ReportAddress } from './report-address';
import type { Catalogue, Slice, Split } from './types';
import { count, valueWords } from './words';

const linkOf = (address: ReportAddress | null): string | null => address && rowsBehind(address);

interface SplitTableProps {
  /** What it is, for whoever cannot see the page. */
  readonly label: string;
  readonly split: Split;
  /** The rates that the columns are. */
  readonly rates: readonly string[];
  readonly address: ReportAddress;
  readonly catalogue: Catalogue;
}

/** The same figures for every value of a dimension, each with its sessions. */
export function SplitTable({ label, split, rates, address, catalogue }: SplitTableProps) {
  const { by, rows, others, total } = split;
  const dimension = catalogue.dimensions.find(({ id }) => id === by);
  const filter = dimension?.filter ?? null;
  const definitions = rates.flatMap((id) => catalogue.rates.filter((one) => one.id === id));
  const nameOf = (value: string | null): ReactNode =>
    by === 'merchant' && value !== null ? <MerchantName id={value} /> : valueWords(by, value);
  /** `whose` finds the slice in the list of sessions; null where it cannot. */
  const figures = (slice: Slice, whose: ReportAddress | null) => (
    <>
      <td>
        <Figure to={linkOf(whose)}>{count(slice.counts['sessions'] ?? 0)}</Figure>
      </td>
      {definitions.map(({ id, numerator = [] }) => (
        <td key={id}>
          <Figure to={whose && slice.rates[id]?.value !== undefined ? rowsCounted(whose, numerator) : null}>
            <RateCell rate={slice.rates[id]} smallBelow={catalogue.small_below} />
          </Figure>
        </td>
      ))}
    </>
  );
  const sliceBy = (value: FilterValue): ReportAddress | null =>
    filter === null ? null : { ...address, filter: { ...address.filter, [filter]: value } };
  const sliceOf = (value: string | null): ReportAddress | null => sliceBy(value === null ? { known: false } : [value]);
  const shown = rows.flatMap(({ value }) => (value === null ? [] : [value]));
  const allOthers = sliceBy(
    narrowed(address.filter[filter ?? ''], {
      not_in: shown,
      ...(shown.length < rows.length ? { known: true } : {}),
    }),
  );
  return (
    <>
      {rows.every(({ value }) => value === null) && <NobodyKnown by={by} traffic={address.traffic} />}
      <Wide tabIndex={0} role="region" aria-label={label}>
        <Grid>
          <thead>
            <tr>
              <th scope="col">{dimension?.title}</th>
              <th scope="col">Sessions</th>
              {definitions.map((definition) => (
                <th scope="col" key={definition.id}>
                  <Explained
                    title={definition.title.replace(/ rate$/, '')}
                    definition={definition}
                    catalogue={catalogue}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={String(row.value)}>
                <th scope="row">
                  {by === 'channel' && row.value !== null ? (
                    <IdLink id={row.value} name="channel id" isQuiet>
                      {row.value}
                    </IdLink>
                  ) : (
                    <Figure to={linkOf(sliceOf(row.value))}>{nameOf(row.value)}</Figure>
                  )}
                </th>
                {figures(row, sliceOf(row.value))}
              </tr>
            ))}
            {(others.counts['sessions'] ?? 0) > 0 && (
              <tr>
                <th scope="row">
                  <Figure to={linkOf(allOthers)}>All others</Figure>
                </th>
                {figures(others, allOthers)}
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
    </>
  );
}
