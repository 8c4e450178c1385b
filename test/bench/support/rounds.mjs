/** Alternates a measured program with its floor, so that whatever else the machine does hits both alike. */

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The value below which the share `p` (0 to 1) of `values` lies. */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
}

/**
 * Runs `ours` and `floor` (each gives `{perSecond, latencies}`) in turn after a warm-up of both, and prints the one line
 * of JSON: medians over the rounds; p50 and p99 are ours, over all rounds.
 */
export async function compare({ bench, unit, rounds, ours, floor }) {
  await floor();
  await ours();
  const values = [];
  const floors = [];
  const latencies = [];
  for (let round = 1; round <= rounds; round++) {
    const base = await floor();
    const mine = await ours();
    floors.push(base.perSecond);
    values.push(mine.perSecond);
    for (const latency of mine.latencies) latencies.push(latency);
    process.stderr.write(
      `round ${round}: floor ${base.perSecond.toFixed(0)}, ours ${mine.perSecond.toFixed(0)} ${unit}\n`,
    );
  }
  const value = median(values);
  const base = median(floors);
  const line = {
    bench,
    value: Math.round(value),
    floor: Math.round(base),
    ratio: Number((value / base).toFixed(3)),
    unit,
    p50Ms: Number(percentile(latencies, 0.5).toFixed(2)),
    p99Ms: Number(percentile(latencies, 0.99).toFixed(2)),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
