/** How the figures of a report are added up of its parts: what is counted from sessions, and what was rolled up before. */
import type { Bind } from '@app/platform';
import type { DimensionId } from '../domain/dimensions';
import { COUNT_IDS } from '../domain/reported-session';
import { COUNT_SQL } from './counting.sql';
import { DIMENSION_SQL } from './dimension.sql';

/** A figure: how it is counted from the sessions `s`, and its sum over the rows `r` of a rollup. */
interface Figure {
  readonly name: string;
  readonly type: 'int' | 'float8';
  readonly counted: string;
  readonly rolled: string;
}

/** What a report has a row for each of: SQL over `s` and `a`, and over `r`. */
interface Key {
  /** The dimension that it is; null where it is none. */
  readonly by: DimensionId | null;
  readonly counted: (bind: Bind) => string;
  readonly rolled: (bind: Bind) => string;
  /** How the rows are ordered, and how many there are. */
  readonly order: string;
  /** One more row, `isTotal`, has the sum of all. */
  readonly hasTotal?: true;
}

/** What a report adds up. */
export interface Sum {
  readonly figures: readonly Figure[];
  readonly key?: Key;
  /** No rows of rollups are fine enough. */
  readonly isLive?: boolean;
}

/** Every count of the catalogue. */
export const COUNT_FIGURES: readonly Figure[] = COUNT_IDS.map((id) => ({
  name: id,
  type: 'int',
  counted: `count(*) FILTER (WHERE ${COUNT_SQL[id]})::int`,
  rolled: `sum(r."${id}")`,
}));

/** Money of one currency. */
export const MONEY_FIGURES = [
  { name: 'sessions', type: 'int', counted: 'count(*)::int', rolled: 'sum(r.sessions)' },
  { name: 'amountMinor', type: 'float8', counted: 'sum(s.amount_minor)', rolled: 'sum(r.amount_minor)' },
  {
    name: 'approvedMinor',
    type: 'float8',
    counted: `coalesce(sum(s.amount_minor) FILTER (WHERE s.status = 'approved'), 0)`,
    rolled: 'sum(r.approved_minor)',
  },
] as const satisfies readonly Figure[];

/** The values of a dimension. */
export const keyOf = (by: DimensionId): Pick<Key, 'by' | 'counted' | 'rolled'> => ({
  by,
  counted: () => DIMENSION_SQL[by],
  rolled: () => (by === 'merchant' ? 'r.merchant_id::text' : 'r.known'),
});

/** The columns of a part. */
export function columnsOf({ figures, key }: Sum, part: 'counted' | 'rolled', bind: Bind): string {
  const columns = figures.map((figure) => `${figure[part]} AS "${figure.name}"`);
  return [...(key ? [`${key[part](bind)} AS key`] : []), ...columns].join(', ');
}

/** The sum of its parts; without a key one row, always. */
export function sumSql(parts: readonly string[], { figures, key }: Sum): string {
  const sums = figures.map(({ name, type }) => `coalesce(sum("${name}"), 0)::${type} AS "${name}"`).join(', ');
  const grouped = parts.map((part) => (key ? `${part} GROUP BY key` : part)).join(' UNION ALL ');
  if (!key) return `SELECT ${sums} FROM (${grouped}) part`;
  const total = key.hasTotal ? `grouping(key) = 1 AS "isTotal", ` : '';
  const groups = key.hasTotal ? 'GROUPING SETS ((key), ())' : 'key';
  return `SELECT key, ${total}${sums} FROM (${grouped}) part GROUP BY ${groups} ORDER BY ${key.order}`;
}
