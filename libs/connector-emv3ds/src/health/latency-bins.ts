/** Latencies as counts in bins whose bounds are the same everywhere, so that those of all replicas and times add up. Pure. */

/** Bins to a doubling: a percentile is told too high by 19 % at most. */
const BINS_PER_DOUBLING = 4;
/** Up to 16,384 ms; longer ones are counted in the last bin, and nobody waits longer for an ARes. */
const LAST_BIN = 14 * BINS_PER_DOUBLING;

/** The bin of a latency: bin n holds those up to 2^(n/4) ms that are not in the one before. */
export function binOf(latencyMs: number): number {
  if (!(latencyMs > 1)) return 0;
  return Math.min(Math.ceil(Math.log2(latencyMs) * BINS_PER_DOUBLING), LAST_BIN);
}

/** The latency that the part `share` of all calls did not exceed, in milliseconds; null where there were none. */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [bin, count] of [...counts].sort(([a], [b]) => a - b)) {
    below += count;
    if (count > 0 && below >= total * share) return Math.round(2 ** (bin / BINS_PER_DOUBLING));
  }
  return null;
}
