/**
 * 50,000 mutated requests over all public endpoints against the built server, judged as in test/e2e/fuzz.e2e-spec.ts. Prints
 * what was wrong on standard error and ends with 1 if anything was. No floor: nothing else does this work. The rate tells
 * whether refusing has become expensive. FUZZ_SEED and FUZZ_COUNT choose the run.
 */
import { fuzz } from '../fuzz/fuzz.mjs';
import { startServer } from './support/server.mjs';

const seed = Number(process.env.FUZZ_SEED ?? 1);
const count = Number(process.env.FUZZ_COUNT ?? 50_000);
const MAX_GROWTH_MIB = 40;

const server = await startServer(process.env.BENCH_DATABASE_URL, 16);
try {
  const { findings, statuses, ...outcome } = await fuzz({ demo: server.demo, seed, count });
  const { perSecond, slowestMs, blocksOver50Ms, heapGrowthMiB, rssMiB, stillInProgress } = outcome;
  process.stderr.write(`${JSON.stringify({ statuses, findings }, null, 1)}\n`);
  const flaws = [
    findings.length > 0 && `${findings.length} answers were wrong`,
    blocksOver50Ms > 0 && `the event loop was blocked ${blocksOver50Ms} times for more than 50 ms`,
    heapGrowthMiB > MAX_GROWTH_MIB && `the heap grew by ${heapGrowthMiB.toFixed(1)} MiB`,
    stillInProgress > 0 && `${stillInProgress} requests never ended`,
  ].filter(Boolean);
  if (flaws.length > 0) process.stderr.write(`${flaws.join('; ')}\n`);
  const line = { bench: 'fuzz', value: perSecond, floor: null, ratio: null, unit: 'requests/s' };
  const judged = { requests: count, seed, wrong: findings.length, blocksOver50Ms, slowestMs };
  const memory = { heapGrowthMiB: Number(heapGrowthMiB.toFixed(1)), rssMiB };
  process.stdout.write(`${JSON.stringify({ ...line, ...judged, ...memory })}\n`);
  process.exitCode = flaws.length > 0 ? 1 : 0;
} finally {
  await server.stop();
}
