/**
 * 200 hosted sessions at once, each driven as a cardholder's page would, while the server is restarted twice (HOSTED_SESSIONS,
 * HOSTED_RESTARTS; HOSTED_SEED to repeat a run). The value is the sessions that ended as their issuer or cardholder had it, the
 * floor is the sessions that there were; p50 and p99 are from the link to the shop, with the time that people think.
 */
import { runHosted } from '../chaos/hosted.mjs';

const seed = Number(process.env.HOSTED_SEED ?? Math.floor(Math.random() * 2 ** 31));
const log = (line) => process.stderr.write(`${line}\n`);
log(`seed ${seed}`);
const { kept, sessions, ...report } = await runHosted({
  seed,
  sessions: Number(process.env.HOSTED_SESSIONS ?? 200),
  restarts: Number(process.env.HOSTED_RESTARTS ?? 2),
  log,
});
for (const loss of report.lost) log(loss);
const line = {
  bench: 'hosted',
  value: kept,
  floor: sessions,
  ratio: kept / sessions,
  unit: 'sessions kept',
  ...report,
};
process.stdout.write(`${JSON.stringify(line)}\n`, () => process.exit(kept < sessions ? 1 : 0));
