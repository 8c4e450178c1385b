/** Rollups of what is measured: how the histograms of hours are made from their sessions. */
import type { Bind } from '@app/platform';
import { BASES, type Basis } from '../domain/report-listing';
import { BUCKETS } from '../domain/histogram';
import { firstOf, MEASURES, type Measure } from '../domain/measures';
import { ROLLED_DIMENSIONS, type Span } from '../domain/rolled';
import { CALLBACK_MS, messagesOfOwn } from './callbacks.sql';
import { DIMENSION_SQL } from './dimension.sql';
import { measuredSql } from './histogram.sql';
import { legRows, SESSION_LEGS, thoseOf, type Those } from './legs.sql';
import { createdWithin, isShortFor, sessionsFrom } from './report.sql';
import { slicesOf } from './slices.sql';
import { hourOfId } from './uuid.sql';

/** What tells the sessions of one slice from those of others. */
const OWN = {
  hour: hourOfId('s.id'),
  environment: 's.environment',
  merchant_id: 's.merchant_id',
  ...Object.fromEntries(ROLLED_DIMENSIONS.map((name) => [`"${name}"`, DIMENSION_SQL[name]])),
};

const OWN_COLUMNS = Object.entries(OWN)
  .map(([name, sql]) => `${sql} AS ${name}`)
  .join(', ');

const keysOf = (row: string): string =>
  Object.keys(OWN)
    .map((name) => `${row}.${name}, `)
    .join('');

const SLICES = slicesOf((name) => `"${name}"`);

const longestOf = (measure: Measure): string =>
  `max(longest) FILTER (WHERE code / ${BUCKETS} = ${firstOf(measure) / BUCKETS})`;

/** Columns of a row of `report_histogram` beside its hour. */
export const HISTOGRAM_COLUMNS =
  'part, basis, environment, merchant_id, dimension, is_known, value, buckets, counts, longest';

/** The hour and those columns of each slice of some sessions. */
const histograms = (basis: Basis, from: string, within: Those | null): string => `
  SELECT hour, part, '${basis}' AS basis, environment, merchant_id, dimension, is_known, value, array_agg(code::smallint ORDER BY code) AS buckets,
    array_agg(count ORDER BY code) AS counts, ARRAY[${MEASURES.map(longestOf).join(', ')}] AS longest
  FROM (
    WITH own AS MATERIALIZED (SELECT s.id, s.created_at, s.final_at, ${OWN_COLUMNS} ${from}),
      message AS (${messagesOfOwn(
        Object.keys(OWN)
          .map((name) => `, own.${name}`)
          .join(''),
        'prompt',
      )}),
      measured AS (
        SELECT 'session' AS part, session.* FROM (${measuredSql('own', keysOf('own'), legRows(thoseOf(within)), SESSION_LEGS)}) session UNION ALL
        SELECT 'callback' AS part, callback.* FROM (${measuredSql('message', keysOf('message'), 'message', CALLBACK_MS)}) callback)
    SELECT hour, part, environment, merchant_id, ${SLICES.columns}, code, count(*)::int AS count, max(ms) AS longest
    FROM measured GROUP BY hour, part, environment, merchant_id, code, ${SLICES.sets}) bucket
  GROUP BY merchant_id, hour, part, environment, dimension, is_known, value`;

/** What the histograms of some hours are, of the sessions `whose` are meant. */
export const measureHours = (span: Span, whose: string, bind: Bind): string =>
  BASES.map((basis) =>
    histograms(
      basis,
      sessionsFrom({ of: [span], whose, basis, conditions: '' }, bind, OWN_COLUMNS),
      isShortFor([span]) ? null : (id) => createdWithin(id, [span], bind),
    ),
  ).join(' UNION ALL ');
