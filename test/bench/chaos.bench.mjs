/**
 * The product under `kill -9`: the server, and now and then Postgres, at seeded points while merchants are at work
 * (CHAOS_KILLS, 100 unless told otherwise; CHAOS_SEED to repeat a run). The value is the kills after which every promise
 * held, the floor is the kills that were made; p50 and p99 are the times from a kill until ready again.
 */
import { benchLine, runChaos } from '../chaos/chaos.mjs';

const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const log = (line) => process.stderr.write(`${line}\n`);
log(`seed ${seed}`);
const report = await runChaos({
  seed,
  kills: Number(process.env.CHAOS_KILLS ?? 100),
  sessions: Number(process.env.CHAOS_SESSIONS ?? 200),
  log,
});
for (const breach of report.broken) log(breach);
process.stdout.write(`${JSON.stringify(benchLine(report))}\n`, () => process.exit(report.broken.length > 0 ? 1 : 0));
