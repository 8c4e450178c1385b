/** Reads the query string of a report: what it is about is said the same way for every kind. */
import { assertNone, parseListQuery, type Listing } from '@app/platform';
import { DIMENSION_IDS, type DimensionId } from '../domain/dimensions';
import {
  BASES,
  REPORT_FILTERS,
  TRAFFICS,
  TREND_UNITS,
  type ReportFilter,
  type ReportQuery,
  type TrendUnit,
} from '../domain/report-listing';
import { isTimeZone } from '../domain/trend-points';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const MOST_DAYS = 92;
/** Points of a trend that anybody can still tell apart. */
const MOST_POINTS = 800;
const UNIT_MS: Readonly<Record<TrendUnit, number>> = { hour: DAY_MS / 24, day: DAY_MS, week: 7 * DAY_MS };

/** ISO 8601 with a zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

const LISTING: Listing<ReportFilter, 'id'> = {
  filters: REPORT_FILTERS,
  sorts: { id: 'id' },
  defaultSort: 'id',
  members: [],
};

const COMMON = ['from', 'to', 'traffic', 'basis', 'filter'];

type Parameters = Readonly<Record<string, unknown>>;

/** `usual` where nothing is said, and where it is not rightly said: then `codes` names the parameter. */
function wordOf<Word extends string>(
  name: string,
  value: unknown,
  words: readonly Word[],
  usual: Word,
  codes: string[],
): Word {
  if (value === undefined) return usual;
  const word = words.find((one) => one === value);
  if (word === undefined) codes.push(`${name}_invalid`);
  return word ?? usual;
}

function instantOf(name: string, value: unknown, usual: Date, codes: string[]): Date {
  if (value === undefined) return usual;
  const date = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : null;
  // Before 1970 there are no ids.
  if (date !== null && date.getTime() >= 0) return date;
  codes.push(`${name}_invalid`);
  return usual;
}

/**
 * `from` and `to` (by default the last thirty days), `traffic`, `basis` and `filter` as for the list of sessions.
 * @param also names of parameters that this kind of report has beside them
 * @throws InvalidRequest naming the parameters
 */
export function readReportQuery(parameters: Parameters, now: Date, also: readonly string[] = []): ReportQuery {
  const codes: string[] = [];
  if (Object.keys(parameters).some((name) => ![...COMMON, ...also].includes(name))) codes.push('query_invalid');
  const to = instantOf('to', parameters['to'], now, codes);
  const from = instantOf('from', parameters['from'], new Date(Math.max(0, to.getTime() - USUAL_DAYS * DAY_MS)), codes);
  if (from >= to || to.getTime() - from.getTime() > MOST_DAYS * DAY_MS) codes.push('from_invalid');
  const traffic = wordOf('traffic', parameters['traffic'], TRAFFICS, 'live', codes);
  const basis = wordOf('basis', parameters['basis'], BASES, 'raw', codes);
  assertNone(codes);
  const { filter } = parameters;
  const { conditions } = parseListQuery(LISTING, filter === undefined ? {} : { filter });
  return { from, to, traffic, basis, conditions };
}

/**
 * `unit` and `zone` of a trend; not finer than anybody can read.
 * @throws InvalidRequest naming the parameters
 */
export function readTrend(parameters: Parameters, { from, to }: ReportQuery): { unit: TrendUnit; zone: string } {
  const codes: string[] = [];
  const unit = wordOf('unit', parameters['unit'], TREND_UNITS, 'day', codes);
  if ((to.getTime() - from.getTime()) / UNIT_MS[unit] > MOST_POINTS) codes.push('unit_invalid');
  const { zone = 'UTC' } = parameters;
  const known = typeof zone === 'string' && isTimeZone(zone) ? zone : null;
  if (known === null) codes.push('zone_invalid');
  assertNone(codes);
  return { unit, zone: known ?? 'UTC' };
}

/**
 * The dimension that a report is split by.
 * @throws InvalidRequest
 */
export function readDimension({ by }: Parameters): DimensionId {
  const codes: string[] = [];
  if (by === undefined) codes.push('by_required');
  const dimension = wordOf('by', by, DIMENSION_IDS, 'merchant', codes);
  assertNone(codes);
  return dimension;
}
