/**
 * Histograms of durations that can be added up: percentiles of a sum are those of all that was put into its parts. Log-linear, as
 * HdrHistogram's: to the millisecond up to 63 ms, then 32 buckets for each doubling. Pure; `persistence/histogram.sql.ts` says the same
 * to Postgres.
 */
const EXACT_BELOW = 64;
const PER_DOUBLING = EXACT_BELOW / 2;
const DOUBLINGS = 34;

/** Where buckets get twice as wide, in ms. */
export const WIDENINGS: readonly number[] = Array.from({ length: DOUBLINGS }, (_, index) => EXACT_BELOW * 2 ** index);

/** The longest that is told apart: 34 years. */
export const MOST_MS = EXACT_BELOW * 2 ** DOUBLINGS - 1;

/** More than there are buckets. */
export const BUCKETS = 2_048;

/** By how much a percentile may differ from the one of all values, of itself; beside it half a millisecond of rounding. */
export const RELATIVE_ERROR = 1 / EXACT_BELOW;

/** How many durations there are in each bucket, and how long the longest took, in ms; null where there are none. */
export interface Histogram {
  readonly counts: ReadonlyMap<number, number>;
  readonly longest: number | null;
}

export const EMPTY: Histogram = { counts: new Map(), longest: null };

/** The bucket of a duration in ms. */
export function bucketOf(ms: number): number {
  const whole = Math.min(Math.floor(ms + 0.5), MOST_MS);
  const doublings = WIDENINGS.filter((from) => from <= whole).length;
  return PER_DOUBLING * doublings + Math.floor(whole / 2 ** doublings);
}

/** What a bucket’s durations are taken for: the middle of it, in ms. */
export function valueOf(bucket: number): number {
  const doublings = Math.max(0, Math.floor(bucket / PER_DOUBLING) - 1);
  const width = 2 ** doublings;
  return (bucket - PER_DOUBLING * doublings) * width + Math.floor(width / 2);
}

/** A histogram of some durations in ms. */
export function histogramOf(durations: readonly number[]): Histogram {
  return mergeHistograms(durations.map((ms) => ({ counts: new Map([[bucketOf(ms), 1]]), longest: ms })));
}

/** One of all that is in any of them. */
export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>();
  let longest: number | null = null;
  for (const one of histograms) {
    for (const [bucket, count] of one.counts) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
    if (one.longest !== null) longest = Math.max(longest ?? 0, one.longest);
  }
  return { counts, longest };
}

/** How many durations there are. */
export const countOf = ({ counts }: Histogram): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

/**
 * How long that share of them took at most, in ms, to `RELATIVE_ERROR`; null where there are none. The longest is told as it was.
 * @param share above 0, at most 1
 */
export function percentileOf(histogram: Histogram, share: number): number | null {
  const { longest } = histogram;
  const total = countOf(histogram);
  const rank = Math.ceil(share * total);
  if (longest === null || rank === total) return longest;
  let reached = 0;
  for (const [bucket, count] of [...histogram.counts].sort(([one], [other]) => one - other)) {
    reached += count;
    if (reached >= rank) return Math.min(valueOf(bucket), longest);
  }
  return longest;
}
