/**
 * The tokens of 10,000 accounts kept fresh by one process: CPU time of the process, and what they take in its memory. The floor is
 * the same process with no accounts. Tokens live ten minutes, six times as short as usual, and their ends are spread evenly,
 * as after hours of running.
 */
import { setFlagsFromString } from 'node:v8';
import { setTimeout as sleep } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { anAccount, anUpstream, startTokenCache } from './support/token-cache.mjs';

const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 10_000);
const LIFE_SECONDS = Number(process.env.BENCH_TOKEN_LIFE_S ?? 600);
const MEASURE_MS = Number(process.env.BENCH_MEASURE_MS ?? 60_000);
const GOALS = { cpuPercent: 5, memoryMb: 50 };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Bytes in use after a collection. */
function memory() {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** CPU time as a share of the time that went by, in percent of one core. */
async function cpu(ms) {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await sleep(ms);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / (performance.now() - begun);
}

let isFilling = true;
// The first ones end anywhere in a life.
const upstream = anUpstream(() => (isFilling ? LIFE_SECONDS * (0.2 + 0.8 * Math.random()) : LIFE_SECONDS));
const { cache, stop } = await startTokenCache(process.env.BENCH_DATABASE_URL, upstream.fetch);
const requestOf = (index) => ({ accountId: anAccount(index), credentialVersion: 1, scopes: ['sessions:app'] });

await sleep(1_000);
const floor = await cpu(MEASURE_MS / 4);
const before = memory();
for (let index = 0; index < ACCOUNTS; index += 100) {
  await Promise.all(Array.from({ length: 100 }, (_, offset) => cache.token(requestOf(index + offset))));
}
isFilling = false;
const memoryMb = (memory() - before) / 1024 ** 2;
process.stderr.write(`${upstream.asked} tokens fetched, ${memoryMb.toFixed(1)} MB\n`);
// Every account is used once in ten seconds.
let next = 0;
const using = setInterval(() => {
  for (let index = 0; index < ACCOUNTS / 100; index++) void cache.token(requestOf(next++ % ACCOUNTS));
}, 100);
// Until the first ones are due.
await sleep(0.16 * LIFE_SECONDS * 1000);
const asked = upstream.asked;
const cpuPercent = await cpu(MEASURE_MS);
const renewals = upstream.asked - asked;
clearInterval(using);
await stop();
const line = {
  bench: 'accounts',
  value: Number(cpuPercent.toFixed(2)),
  floor: Number(floor.toFixed(2)),
  unit: '% of a core',
  memoryMb: Number(memoryMb.toFixed(1)),
  accounts: ACCOUNTS,
  tokenLifeSeconds: LIFE_SECONDS,
  renewalsPerSecond: Number(((renewals * 1000) / MEASURE_MS).toFixed(1)),
  goals: GOALS,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
process.exitCode = cpuPercent < GOALS.cpuPercent && memoryMb < GOALS.memoryMb && renewals > 0 ? 0 : 1;
