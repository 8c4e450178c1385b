/** `domain/histogram.ts` in SQL: durations into buckets, and buckets into one histogram. */
import { BUCKETS, MOST_MS, WIDENINGS } from '../domain/histogram';
import { firstOf, type Measure } from '../domain/measures';

/** From one instant to another, in ms; what clocks put before its beginning took no time. Null where one is not known. */
export const msBetween = (from: string, to: string): string =>
  `CASE WHEN ${to} > ${from} THEN (extract(epoch FROM ${to} - ${from}) * 1000)::float8 WHEN ${to} <= ${from} THEN 0 END`;

/** The same cap and rounding, and as many buckets for each doubling. */
function bucketSql(ms: string): string {
  const whole = `least(floor(${ms} + 0.5), ${MOST_MS})::bigint`;
  const doublings = `width_bucket(${whole}, '{${WIDENINGS.join()}}'::bigint[])`;
  return `(${WIDENINGS[0]} / 2 * ${doublings} + (${whole} >> ${doublings}))::int`;
}

/** What there is to measure of each `row` of `from`: `columns` of it, the number of the bucket as `code`, and `ms`. */
export function measuredSql(
  row: string,
  columns: string,
  from: string,
  measures: Partial<Record<Measure, string>>,
): string {
  const firsts = Object.keys(measures).map((measure) => firstOf(measure as Measure));
  // Not VALUES: Postgres would prepare their expressions anew for each row, which took half of the time.
  return `SELECT ${columns}first + ${bucketSql('ms')} AS code, ms FROM (
      SELECT ${columns}unnest('{${firsts.join()}}'::int[]) AS first, unnest(ARRAY[${Object.values(measures).join(', ')}]) AS ms
      FROM ${from}) ${row} WHERE ms IS NOT NULL`;
}

/** The entries of what was measured. */
export const countedSql = (measured: string): string =>
  `SELECT code, 1 AS count, ms AS longest FROM (${measured}) measured`;

/** The entries of histograms that are stored. */
export const storedSql = (rows: string): string => `
  SELECT unnest(r.buckets), unnest(r.counts), NULL ${rows} UNION ALL
  SELECT ((l.number - 1) * ${BUCKETS})::int, 0, l.longest FROM (SELECT r.longest AS longest_of ${rows}) one,
    unnest(one.longest_of) WITH ORDINALITY l(longest, number) WHERE l.longest IS NOT NULL`;

/** One value: the sum of those entries, as an array of `Entry`. */
export const entriesSql = (parts: readonly string[]): string => `
  (SELECT coalesce(jsonb_agg(jsonb_build_array(code, count, longest)), '[]') FROM (
    SELECT code, sum(count) AS count, max(longest) AS longest FROM (${parts.join(' UNION ALL ')}) part(code, count, longest) GROUP BY code) entry)`;
