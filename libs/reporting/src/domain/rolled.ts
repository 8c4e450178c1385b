/** Which part of a report rolled up hours can answer, and which is counted from the sessions. Pure. */
import { DIMENSIONS, type DimensionId } from './dimensions';
import type { ReportFilter } from './report-listing';

export const HOUR_MS = 3_600_000;

/** From an instant to before another one. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** Hours are rolled up for each value of one of these at a time, beside merchant and environment: they have few values. */
export const ROLLED_DIMENSIONS = [
  'channel',
  'connector',
  'scheme',
  'currency',
  'flow',
  'device_channel',
  'category',
] as const satisfies readonly DimensionId[];

/** What the rows of a rollup are told apart by: one dimension, or none. */
export type SliceName = (typeof ROLLED_DIMENSIONS)[number] | 'all';

const isRolled = (dimension: DimensionId): dimension is (typeof ROLLED_DIMENSIONS)[number] =>
  (ROLLED_DIMENSIONS as readonly DimensionId[]).includes(dimension);

const DIMENSION_OF = new Map(
  (Object.keys(DIMENSIONS) as DimensionId[]).map((id) => [DIMENSIONS[id].filter as string, id] as const),
);

/**
 * The rows that answer a question which looks at these filters and is split `by` a dimension; null where none do, as every
 * row is of one dimension. The merchant is in all of them.
 */
export function sliceOf(filters: readonly ReportFilter[], by: DimensionId | null): SliceName | null {
  const asked = new Set([...filters.map((filter) => DIMENSION_OF.get(filter) ?? null), by ?? 'merchant']);
  asked.delete('merchant');
  const [dimension = 'merchant', ...others] = asked;
  if (dimension === null || others.length > 0) return null;
  if (dimension === 'merchant') return 'all';
  return isRolled(dimension) ? dimension : null;
}

/** The hour that an instant is in. */
export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);

/** A window in two parts. */
export interface Cut {
  readonly rolled: readonly Span[];
  readonly left: readonly Span[];
}

/**
 * Cuts a window into what whole hours that are rolled up cover and what is left.
 * @param hours the beginnings of those that are, in order
 */
export function cutAt(window: Span, hours: readonly Date[]): Cut {
  const rolled: Span[] = [];
  const left: Span[] = [];
  let at = window.from;
  for (const from of hours) {
    const to = new Date(from.getTime() + HOUR_MS);
    if (from < at || to > window.to) continue;
    const last = rolled.at(-1);
    if (last?.to.getTime() === from.getTime()) rolled[rolled.length - 1] = { from: last.from, to };
    else rolled.push({ from, to });
    if (from > at) left.push({ from: at, to: from });
    at = to;
  }
  if (at < window.to) left.push({ from: at, to: window.to });
  return { rolled, left };
}

/** Spans, in order, of which each goes on for so much longer; where they then meet they are one. */
export function lengthened(spans: readonly Span[], ms: number): readonly Span[] {
  const longer: Span[] = [];
  for (const { from, to: end } of spans) {
    const to = new Date(end.getTime() + ms);
    const last = longer.at(-1);
    if (last !== undefined && last.to >= from) longer[longer.length - 1] = { from: last.from, to };
    else longer.push({ from, to });
  }
  return longer;
}
