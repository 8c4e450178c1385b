/** The list dialect of the admin API: `?filter&sort&limit&after` in, `{data, next, prev}` out. */

/** A filter: a member names a field; its value is what the field must be, a list of what it may be, or operators. */
export type ListFilter = Readonly<Record<string, FilterValue>>;
export type FilterValue = Plain | readonly Plain[] | Operators;
type Plain = string | number | boolean;
/** `last` is ours alone: a length of time such as `24h`, which is resolved when the list is asked for. */
export type Operators = Readonly<
  Partial<Record<'eq' | 'prefix' | 'contains' | 'gt' | 'gte' | 'lt' | 'lte' | 'last', Plain>>
> & { readonly in?: readonly Plain[]; readonly not_in?: readonly Plain[]; readonly known?: boolean };

export interface ListRequest {
  readonly filter: ListFilter;
  readonly sort: { readonly field: string; readonly order: string };
  readonly limit: number;
  /** `next` or `prev` of a neighbour. */
  readonly after?: string | undefined;
}

/** A page of a list. `next` and `prev` are the `after` of its neighbours. */
export interface ListPage<Row> {
  readonly data: readonly Row[];
  readonly next: string | null;
  readonly prev: string | null;
}

/** The query string of a request, by parameters. */
export function listQuery({ filter, sort, limit, after }: ListRequest, now: Date): Record<string, string | number> {
  const wanted = resolved(filter, now);
  return {
    ...(Object.keys(wanted).length === 0 ? {} : { filter: JSON.stringify(wanted) }),
    sort: sort.order === 'DESC' ? `-${sort.field}` : sort.field,
    limit,
    ...(after === undefined ? {} : { after }),
  };
}

/** The filter as the server takes it: what is relative to now becomes an instant. */
export function resolved(filter: ListFilter, now: Date): ListFilter {
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, resolvedValue(value, now)]));
}

function resolvedValue(value: FilterValue, now: Date): FilterValue {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const { last, ...others } = value as Operators;
  if (last === undefined) return others;
  return { ...others, gte: new Date(now.getTime() - lengthOf(String(last))).toISOString() };
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `15m`, `24h`, `7d` in milliseconds; what is none is no time at all. */
export function lengthOf(text: string): number {
  const [, count = '0', unit = 'm'] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  return Number(count) * (UNITS[unit] ?? 0);
}
