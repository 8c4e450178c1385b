/**
 * Kills the server, and now and then the database, at seeded points while merchants are at work; then looks whether every
 * promise was kept. As a program it prints its report as one line of JSON: CHAOS_KILLS, CHAOS_SEED, CHAOS_SESSIONS, and
 * CHAOS_SABOTAGE=1 to break the promises before they are looked at.
 */
import { fileURLToPath } from 'node:url';
import { sleep } from '../../scripts/lib/processes.mjs';
import { audit, awaitRest } from './audit.mjs';
import { openHouse } from './house.mjs';
import { Merchants } from './merchant.mjs';
import { randomFrom } from './random.mjs';
import { startReceiver } from './receiver.mjs';
import { sabotage } from './sabotage.mjs';

/** How much faster the server's clock runs: its longest deadline, half an hour, is 15 s. */
const TIME_SCALE = 120;
const SHOPS = 16;
const CALM_MS = [200, 1_500];
const REST_MS = 150_000;
/** One in so many kills is the database's; the second always is. */
const DATABASE_SHARE = 0.15;
/** Where a kill strikes: at a time, in the middle of a creation, between a callback's arrival and its acknowledgement. */
const POINTS = ['time', 'time', 'creation', 'callback'];

/** Runs it. Out: the report; `broken` lists the promises that were broken. */
export async function runChaos({ kills, seed, sessions, isSabotaged = false, log = () => undefined }) {
  const random = randomFrom(seed);
  const receiver = await startReceiver(() => random.chance(0.03));
  const house = await openHouse({ timeScale: TIME_SCALE });
  try {
    await house.repeatResults();
    const merchants = new Merchants(house, random, receiver.url);
    const startedAt = performance.now();
    let isOver = false;
    const shop = async () => {
      while (!isOver || merchants.ledger.size < sessions) await merchants.buy();
    };
    const shops = Promise.all(Array.from({ length: SHOPS }, shop));
    const recoveries = await Promise.race([
      killAndBringBack({ house, merchants, receiver, random, kills, log }),
      shops.then(() => []),
    ]);
    isOver = true;
    await shops;
    const loadSeconds = (performance.now() - startedAt) / 1000;
    log(`${merchants.ledger.size} purchases in ${loadSeconds.toFixed(1)} s; waiting for deadlines`);
    // What is broken on purpose need not be waited for.
    const left = await awaitRest(house, isSabotaged ? 0 : REST_MS);
    if (isSabotaged) await sabotage(house, merchants.ledger, receiver.received);
    const { broken, sessions: stored, statuses } = await audit(house, merchants.ledger, receiver.received);
    const messages = [...receiver.received.values()].reduce((sum, { length }) => sum + length, 0);
    return {
      seed,
      kills: recoveries.length,
      purchases: merchants.ledger.size,
      sessions: stored.length,
      statuses,
      answers: Object.fromEntries([...merchants.statuses].sort()),
      callbacks: messages,
      callbacksTwice: messages - receiver.received.size,
      loadSeconds,
      seconds: (performance.now() - startedAt) / 1000,
      recoveries,
      left,
      broken,
    };
  } finally {
    await house.close();
    await receiver.close();
  }
}

async function killAndBringBack({ house, merchants, receiver, random, kills, log }) {
  const recoveries = [];
  for (let count = 1; count <= kills; count++) {
    await sleep(random.between(...CALM_MS));
    const isDatabase = count === 2 || random.chance(DATABASE_SHARE);
    const point = random.oneOf(POINTS);
    await atPoint(point, merchants, receiver, random);
    const killedAt = performance.now();
    if (isDatabase) {
      house.killDatabase();
      await house.bringDatabaseBack();
    } else {
      house.killServer();
      await house.bringServerBack();
    }
    recoveries.push(Math.round(performance.now() - killedAt));
    log(`kill ${count}: ${isDatabase ? 'database' : 'server'} at ${point}, back after ${recoveries.at(-1)} ms`);
  }
  return recoveries;
}

/** Resolves at the point where the kill is to strike. */
async function atPoint(point, merchants, receiver, random) {
  if (point === 'time') return;
  const reached = new Promise((resolve) => {
    if (point === 'callback') receiver.whenArriving(resolve);
    else merchants.whenCreating(resolve);
  });
  await Promise.race([reached, sleep(2_000)]);
  receiver.whenArriving(() => undefined);
  merchants.whenCreating(() => undefined);
  // Somewhere in the next moments: before the insert, before the request, before the answer is stored.
  if (point === 'creation') await sleep(random.between(0, 12));
}

/** The report as the one line that benchmarks print: kills survived, against kills made. */
export function benchLine(report) {
  const sorted = [...report.recoveries].sort((a, b) => a - b);
  return {
    bench: 'chaos',
    value: report.broken.length === 0 ? report.kills : 0,
    floor: report.kills,
    ratio: report.broken.length === 0 ? 1 : 0,
    unit: 'kills survived',
    p50Ms: sorted[Math.floor(sorted.length / 2)],
    p99Ms: sorted.at(-1),
    ...report,
    recoveries: undefined,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const log = (line) => process.stderr.write(`${line}\n`);
  log(`seed ${seed}`);
  const report = await runChaos({
    seed,
    kills: Number(process.env.CHAOS_KILLS ?? 3),
    sessions: Number(process.env.CHAOS_SESSIONS ?? 200),
    isSabotaged: process.env.CHAOS_SABOTAGE === '1',
    log,
  });
  // Timers that nobody waits for any more would hold us up.
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(report.broken.length > 0 ? 1 : 0));
}
