/** What is measured of sessions and their callbacks, and kept in histograms. Pure. */
import { countOf, EMPTY, mergeHistograms, percentileOf, BUCKETS, type Histogram } from './histogram';
import type { CallbackFigures } from './figures';
import { LEG_IDS, type LegFigures, type LegId } from './legs';

/** From when a callback was owed until the merchant took it: with the first try, and with a later one. */
const LAGS = ['lag_first', 'lag_later'] as const;

export type Measure = LegId | (typeof LAGS)[number];

/** In the order of their numbers. */
export const MEASURES: readonly Measure[] = [...LEG_IDS, ...LAGS];

/** What ends when a merchant takes a callback: that may come, and be forgotten, long after its session. */
export const CALLBACK_MEASURES = ['callback', ...LAGS] as const satisfies readonly Measure[];

/** The number of the first bucket of a measure: all are told apart by one number. */
export const firstOf = (measure: Measure): number => MEASURES.indexOf(measure) * BUCKETS;

/** A bucket of a measure, how many are in it, and the longest of what was looked at for it. */
export type Entry = readonly [code: number, count: number, longest: number | null];

/** The histogram of each measure. */
export function histogramsOf(entries: readonly Entry[]): Readonly<Record<Measure, Histogram>> {
  const parts = new Map<Measure | undefined, Histogram[]>();
  for (const [code, count, longest] of entries) {
    const measure = MEASURES[Math.floor(code / BUCKETS)];
    const part = { counts: new Map([[code % BUCKETS, count]]), longest };
    parts.set(measure, [...(parts.get(measure) ?? []), part]);
  }
  const histograms = MEASURES.map((measure) => [measure, mergeHistograms(parts.get(measure) ?? [EMPTY])] as const);
  return Object.fromEntries(histograms) as Record<Measure, Histogram>;
}

const quantiles = (histogram: Histogram): Pick<LegFigures, 'p50' | 'p95' | 'p99'> => ({
  p50: percentileOf(histogram, 0.5),
  p95: percentileOf(histogram, 0.95),
  p99: percentileOf(histogram, 0.99),
});

/** How long a leg took. */
export const legFigures = (histogram: Histogram): LegFigures => ({
  count: countOf(histogram),
  ...quantiles(histogram),
  max: histogram.longest,
});

/** Of messages that are not delivered nobody knows how long they will take. */
export interface Undelivered extends Pick<
  CallbackFigures,
  'dead' | 'backlog' | 'oldestDueAt' | 'unresolvedPastDeadline'
> {
  /** Given up, due, or tried and not due again yet. */
  readonly undelivered: number;
}

/** How merchants were told: every message that has fallen due is delivered or not. What is delivered may be wanted once more. */
export function callbackFigures(
  { lag_first, lag_later }: Readonly<Record<(typeof LAGS)[number], Histogram>>,
  { undelivered, ...rest }: Undelivered,
): CallbackFigures {
  const lag = mergeHistograms([lag_first, lag_later]);
  const { p50: lagP50, p95: lagP95, p99: lagP99 } = quantiles(lag);
  const delivered = countOf(lag);
  const due = delivered + undelivered;
  return { due, firstTry: countOf(lag_first), delivered, lagP50, lagP95, lagP99, ...rest };
}
