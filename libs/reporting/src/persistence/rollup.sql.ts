/** Rollups: how hours are added up by the SQL of reports, and how reports read them. */
import { createHash } from 'node:crypto';
import type { Bind, ListSource } from '@app/platform';
import { BASES, type Basis, type ReportFilter, type ReportQuery } from '../domain/report-listing';
import { COUNT_IDS } from '../domain/reported-session';
import { ROLLED_DIMENSIONS, type SliceName, type Span } from '../domain/rolled';
import { DIMENSION_SQL } from './dimension.sql';
import { conditionsSql, sessionsFrom } from './report.sql';
import { COUNT_FIGURES, MONEY_FIGURES } from './sum.sql';

const quoted = (name: string): string => `"${name}"`;

/** Columns of a row of `report_slice` beside its hour, in order. */
const COLUMNS = [
  'basis',
  'environment',
  'merchant_id',
  'dimension',
  'is_known',
  'value',
  'amount_minor',
  'approved_minor',
  ...COUNT_IDS.map(quoted),
].join(', ');

const dimensionCase = (then: (name: (typeof ROLLED_DIMENSIONS)[number]) => string): string =>
  ROLLED_DIMENSIONS.map((name) => `WHEN grouping(${DIMENSION_SQL[name]}) = 0 THEN ${then(name)}`).join(' ');

const VALUE = `CASE ${dimensionCase((name) => DIMENSION_SQL[name])} END`;

/** Sums never cross currencies. */
const moneyOf = (sum: string): string => `CASE WHEN grouping(${DIMENSION_SQL.currency}) = 0 THEN ${sum}::bigint END`;

/**
 * The hour that an id was made in: sessions are chosen by their ids, which are made a moment before `created_at` where a key of the
 * merchant's keeps them. UUIDv7 begins with milliseconds.
 */
const hourOfId = (id: string): string =>
  `to_timestamp(('x' || left(replace(${id}::text, '-', ''), 12))::bit(48)::bigint / 3600000 * 3600)`;

const HOUR = hourOfId('s.id');

const ALL_COUNTS = COUNT_FIGURES.map(({ counted }) => counted).join();

const SLICES = ['()', ...ROLLED_DIMENSIONS.map((name) => `(${DIMENSION_SQL[name]})`)].join(', ');

/** The hour and `COLUMNS` of each slice of some sessions. */
const selectSlices = (basis: Basis, from: string): string => `
  SELECT ${HOUR} AS hour, '${basis}' AS basis, s.environment, s.merchant_id, CASE ${dimensionCase((name) => `'${name}'`)} ELSE 'all' END AS dimension,
    ${VALUE} IS NOT NULL AS is_known, coalesce(${VALUE}, '') AS value,
    ${moneyOf(MONEY_FIGURES[1].counted)} AS amount_minor, ${moneyOf(MONEY_FIGURES[2].counted)} AS approved_minor,
    ${COUNT_FIGURES.map(({ name, counted }) => `${counted} AS ${quoted(name)}`).join(', ')}
  ${from} GROUP BY ${HOUR}, s.environment, s.merchant_id, GROUPING SETS (${SLICES})`;

/** What the rows of some hours are, counted from their sessions but for those that were made up. */
function countHours(span: Span, demoMerchants: readonly string[], bind: Bind): string {
  const whose = `NOT (environment = 'test' AND merchant_id = ANY(${bind(demoMerchants)}::uuid[]))`;
  const used = ALL_COUNTS + VALUE;
  return BASES.map((basis) =>
    selectSlices(basis, sessionsFrom({ spans: [span], whose, basis, conditions: '' }, bind, used)),
  ).join(' UNION ALL ');
}

/** Names what hours are rolled up by: one that was by another definition is no longer good. */
export const DEFINITION = createHash('sha256')
  .update(countHours({ from: new Date(0), to: new Date(0) }, [], () => '?'))
  .digest('hex')
  .slice(0, 16);

/** Adds the rows of whole hours, of which there must be none. */
export const insertHours = (hours: Span, demoMerchants: readonly string[], bind: Bind): string =>
  `INSERT INTO report_slice (hour, ${COLUMNS}) SELECT hour, ${COLUMNS} FROM (${countHours(hours, demoMerchants, bind)}) counted`;

/** The rows of whole hours; what their key begins with is named, as it is their only index. */
const rowsOf = ({ from, to }: Span, bind: Bind): string =>
  `dimension = ANY('{all,${ROLLED_DIMENSIONS.join()}}') AND basis = ANY('{${BASES.join()}}')
   AND hour >= ${bind(from)}::timestamptz AND hour < ${bind(to)}::timestamptz`;

/** Takes the rows of whole hours away. */
export const deleteHours = (hours: Span, bind: Bind): string => `DELETE FROM report_slice WHERE ${rowsOf(hours, bind)}`;

/** The hours of those that are rolled up, and the merchants, whose rows are not what their sessions add up to. */
export const differingHours = (span: Span, demoMerchants: readonly string[], bind: Bind): string =>
  `WITH counted AS MATERIALIZED (SELECT hour, ${COLUMNS} FROM (${countHours(span, demoMerchants, bind)}) c),
    stored AS MATERIALIZED (SELECT hour, ${COLUMNS} FROM report_slice WHERE ${rowsOf(span, bind)})
   SELECT DISTINCT hour, merchant_id AS "merchantId" FROM (
     (TABLE counted EXCEPT ALL TABLE stored) UNION ALL (TABLE stored EXCEPT ALL TABLE counted)) differing
   WHERE hour IN (SELECT h.hour FROM report_hour h WHERE h.definition = ${bind(DEFINITION)}) ORDER BY 1, 2`;

/** The counts of each hour and merchant, straight from the sessions. */
export const countsOfHours = (span: Span, bind: Bind): string =>
  `SELECT ${HOUR} AS hour, s.merchant_id AS "merchantId", ${COUNT_FIGURES.map(({ name, counted }) => `${counted} AS ${quoted(name)}`).join(', ')}
   ${sessionsFrom({ spans: [span], whose: 'true', basis: 'raw', conditions: '' }, bind, ALL_COUNTS)} GROUP BY 1, 2`;

/** How many sessions each hour and merchant has: nothing of the catalogue is in it. */
export const SESSIONS_OF_HOURS = `SELECT ${hourOfId('id')} AS hour, merchant_id AS "merchantId", count(*)::int AS sessions
   FROM session WHERE id >= $1::uuid AND id < $2::uuid GROUP BY 1, 2`;

const ROWS: ListSource<ReportFilter, 'id'> = {
  filters: {
    merchant_id: 'r.merchant_id',
    channel_id: `CASE WHEN r.dimension = 'channel' THEN r.value::uuid END`,
    scheme: 'r.value',
    connector: 'r.value',
    currency: 'r.value',
    flow: 'r.value',
    device_channel: 'r.value',
    // No rows are of these.
    bin: 'NULL',
    acs: 'NULL',
    amount: 'NULL',
  },
  sorts: { id: 'r.merchant_id' },
  id: 'r.merchant_id',
};

/** Which rows of the rollup are looked at: those of one slice, which may be narrowed by its own dimension. */
export interface Rows {
  readonly slice: SliceName;
  readonly basis: Basis;
  /** Whole hours. */
  readonly spans: readonly Span[];
  /** SQL over environment and merchant. */
  readonly whose: string;
  readonly conditions: ReportQuery['conditions'];
}

/** Those rows as `r`. */
export function rowsFrom({ slice, basis, spans, whose, conditions }: Rows, bind: Bind): string {
  const hours = spans.map(({ from, to }) => `hour >= ${bind(from)}::timestamptz AND hour < ${bind(to)}::timestamptz`);
  return `FROM (SELECT *, CASE WHEN is_known THEN value END AS known FROM report_slice
    WHERE dimension = '${slice}' AND basis = '${basis}' AND (${hours.join(' OR ')}) AND ${whose}) r
    WHERE true${conditionsSql(conditions, bind, ROWS)}`;
}
