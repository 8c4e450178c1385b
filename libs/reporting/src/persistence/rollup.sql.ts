/** Rollups: how hours are added up by the SQL of reports, and how reports read them. */
import { createHash } from 'node:crypto';
import { listConditionsSql, type Bind, type ListSource } from '@app/platform';
import { BASES, type Basis, type ReportFilter, type ReportQuery } from '../domain/report-listing';
import { COUNT_IDS } from '../domain/reported-session';
import { ROLLED_DIMENSIONS, type SliceName, type Span } from '../domain/rolled';
import { DIMENSION_SQL } from './dimension.sql';
import { sessionsFrom } from './report.sql';
import { HISTOGRAM_COLUMNS, measureHours } from './rolled-histograms.sql';
import { slicesOf } from './slices.sql';
import { hourOfId } from './uuid.sql';
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

const DIMENSIONS = slicesOf((name) => DIMENSION_SQL[name]);

/** Sums never cross currencies. */
const moneyOf = (sum: string): string => `CASE WHEN grouping(${DIMENSION_SQL.currency}) = 0 THEN ${sum}::bigint END`;

/**
 * The hour of a session's id: sessions are chosen by their ids, which are made a moment before `created_at` where a key of the
 * merchant's keeps them.
 */
const HOUR = hourOfId('s.id');

const ALL_COUNTS = COUNT_FIGURES.map(({ counted }) => counted).join();

/** The hour and `COLUMNS` of each slice of some sessions. */
const selectSlices = (basis: Basis, from: string): string => `
  SELECT ${HOUR} AS hour, '${basis}' AS basis, s.environment, s.merchant_id, ${DIMENSIONS.columns},
    ${moneyOf(MONEY_FIGURES[1].counted)} AS amount_minor, ${moneyOf(MONEY_FIGURES[2].counted)} AS approved_minor,
    ${COUNT_FIGURES.map(({ name, counted }) => `${counted} AS ${quoted(name)}`).join(', ')}
  ${from} GROUP BY ${HOUR}, s.environment, s.merchant_id, ${DIMENSIONS.sets}`;

/** Those that were made up are not rolled up. */
const whoseOf = (demoMerchants: readonly string[], bind: Bind): string =>
  `NOT (environment = 'test' AND merchant_id = ANY(${bind(demoMerchants)}::uuid[]))`;

/** What the rows of some hours are, counted from the sessions. */
const countHours = (span: Span, whose: string, bind: Bind): string =>
  BASES.map((basis) =>
    selectSlices(
      basis,
      sessionsFrom({ of: [span], whose, basis, conditions: '' }, bind, ALL_COUNTS + DIMENSIONS.value),
    ),
  ).join(' UNION ALL ');

/** What is rolled up: the columns of each table beside the hour, and how its rows are made. */
const ROLLED = {
  report_slice: { columns: COLUMNS, rows: countHours },
  report_histogram: { columns: HISTOGRAM_COLUMNS, rows: measureHours },
} as const;

export type RolledTable = keyof typeof ROLLED;

export const ROLLED_TABLES = Object.keys(ROLLED) as RolledTable[];

/** Names what hours are rolled up by: one that was by another definition is no longer good. */
export const DEFINITION = ROLLED_TABLES.reduce(
  (hash, table) => hash.update(ROLLED[table].rows({ from: new Date(0), to: new Date(0) }, '', () => '?')),
  createHash('sha256'),
)
  .digest('hex')
  .slice(0, 16);

/**
 * A month after its day a callback that was delivered is forgotten. What was measured of callbacks of hours before `callbacksSince`
 * stays as it is stored.
 */
const ofKept = (table: RolledTable, callbacksSince: Date, bind: Bind): string =>
  table === 'report_slice' ? '' : ` AND (part = 'session' OR hour >= ${bind(callbacksSince)}::timestamptz)`;

/** Which hours are rolled up or compared. */
export interface RolledHours {
  readonly hours: Span;
  readonly demoMerchants: readonly string[];
  readonly callbacksSince: Date;
}

/** Adds the rows of whole hours, of which there must be none. */
export function insertHours(table: RolledTable, { hours, demoMerchants }: RolledHours, bind: Bind): string {
  const { columns, rows } = ROLLED[table];
  return `INSERT INTO ${table} (hour, ${columns}) SELECT hour, ${columns} FROM (${rows(hours, whoseOf(demoMerchants, bind), bind)}) made
    ON CONFLICT DO NOTHING`;
}

/** The rows of whole hours; what their key begins with is named, as it is their only index. */
const rowsOf = (
  table: RolledTable,
  { hours, callbacksSince }: Omit<RolledHours, 'demoMerchants'>,
  bind: Bind,
): string =>
  `dimension = ANY('{all,${ROLLED_DIMENSIONS.join()}}') AND basis = ANY('{${BASES.join()}}')
   AND hour >= ${bind(hours.from)}::timestamptz AND hour < ${bind(hours.to)}::timestamptz${ofKept(table, callbacksSince, bind)}`;

/** Takes the rows of whole hours away. */
export const deleteHours = (table: RolledTable, rolled: RolledHours, bind: Bind): string =>
  `DELETE FROM ${table} WHERE ${rowsOf(table, rolled, bind)}`;

/** The hours of those that are rolled up, and the merchants, whose rows are not what their sessions add up to. */
export function differingHours(table: RolledTable, rolled: RolledHours, bind: Bind): string {
  const { columns, rows } = ROLLED[table];
  return `WITH made AS MATERIALIZED (SELECT hour, ${columns} FROM (${rows(rolled.hours, whoseOf(rolled.demoMerchants, bind), bind)}) m
      WHERE true${ofKept(table, rolled.callbacksSince, bind)}),
    stored AS MATERIALIZED (SELECT hour, ${columns} FROM ${table} WHERE ${rowsOf(table, rolled, bind)})
   SELECT DISTINCT hour, merchant_id AS "merchantId" FROM (
     (TABLE made EXCEPT ALL TABLE stored) UNION ALL (TABLE stored EXCEPT ALL TABLE made)) differing
   WHERE hour IN (SELECT h.hour FROM report_hour h WHERE h.definition = ${bind(DEFINITION)}) ORDER BY 1, 2`;
}

/** The counts of each hour and merchant, straight from the sessions. */
export const countsOfHours = (span: Span, bind: Bind): string =>
  `SELECT ${HOUR} AS hour, s.merchant_id AS "merchantId", ${COUNT_FIGURES.map(({ name, counted }) => `${counted} AS ${quoted(name)}`).join(', ')}
   ${sessionsFrom({ of: [span], whose: 'true', basis: 'raw', conditions: '' }, bind, ALL_COUNTS)} GROUP BY 1, 2`;

/** How many sessions each hour and merchant has: nothing of the catalogue is in it. */
export const SESSIONS_OF_HOURS = `SELECT ${hourOfId('id')} AS hour, merchant_id AS "merchantId", count(*)::int AS sessions
   FROM session WHERE id >= $1::uuid AND id < $2::uuid GROUP BY 1, 2`;

const ROW_SQL: ListSource<ReportFilter>['filters'] = {
  merchant_id: 'r.merchant_id',
  channel_id: `CASE WHEN r.dimension = 'channel' THEN r.value::uuid END`,
  scheme: 'r.value',
  connector: 'r.value',
  currency: 'r.value',
  flow: 'r.value',
  device_channel: 'r.value',
  // No rows are of these.
  bin: 'NULL',
  issuer: 'NULL',
  issuer_country: 'NULL',
  card_type: 'NULL',
  acs: 'NULL',
  amount: 'NULL',
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

/** Those rows of a table as `r`. */
export function rowsFrom(table: RolledTable, { slice, basis, spans, whose, conditions }: Rows, bind: Bind): string {
  const hours = spans.map(({ from, to }) => `hour >= ${bind(from)}::timestamptz AND hour < ${bind(to)}::timestamptz`);
  return `FROM (SELECT *, CASE WHEN is_known THEN value END AS known FROM ${table}
    WHERE dimension = '${slice}' AND basis = '${basis}' AND (${hours.join(' OR ')}) AND ${whose}) r
    WHERE true${listConditionsSql(conditions, ROW_SQL, bind)}`;
}
