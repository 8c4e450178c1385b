/**
 * 4 server processes and bursts of 500 concurrent creations over 50 accounts for a minute, with upstream tokens of 3 s; in the
 * middle one server is killed (`kill -9`) while it fetches tokens. What counts: token requests per token life (goal: at most 1.02),
 * requests that waited for a token in steady state (goal: 0), sessions that failed (goal: 0).
 */
import { Agent, request as httpRequest } from 'node:http';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { aSession } from './support/requests.mjs';
import { percentile } from './support/rounds.mjs';
import { startUpstreamHouse } from './support/upstream-house.mjs';

const SERVERS = Number(process.env.STAMPEDE_SERVERS ?? 4);
const CLIENTS = Number(process.env.STAMPEDE_CLIENTS ?? 500);
const ACCOUNTS = Number(process.env.STAMPEDE_ACCOUNTS ?? 50);
const TOKEN_MS = Number(process.env.STAMPEDE_TOKEN_S ?? 3) * 1000;
const RUN_MS = Number(process.env.STAMPEDE_RUN_S ?? 60) * 1000;
/** From the begin of one burst to that of the next: the machine is busy, and not full. */
const BURST_EVERY_MS = Number(process.env.STAMPEDE_BURST_EVERY_MS ?? 1_000);
const GOALS = { ratio: 1.02, steadyTokenWaits: 0, failedSessions: 0 };
/** A request this soon after the one before, in parts of a life, is one too many: renewal begins at 75 %, busy machines shift it. */
const TOO_EARLY = 0.5;
/** How slow the upstream is with its tokens when a server is killed, and until when the others have made up for that. */
const SLOW_MS = 1_500;
const RECOVERY_MS = 6_000;
/** When another takes over what a killed server was fetching. */
const LEASE_MS = 2_500;

const house = await startUpstreamHouse({
  databaseUrl: process.env.BENCH_DATABASE_URL,
  servers: SERVERS,
  accounts: ACCOUNTS,
  tokenSeconds: TOKEN_MS / 1000,
});
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
const alive = new Set(house.servers);
const failures = new Map();
const latencies = [];
const count = { sessions: 0, bursts: 0, resent: 0 };

/** Status and body; rejects when the connection broke. */
function post(server, merchant) {
  const body = JSON.stringify(aSession(merchant));
  const headers = {
    authorization: merchant.authorization,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const options = { agent, host: '127.0.0.1', port: server.port, method: 'POST', path: '/sessions', headers };
    const asking = httpRequest(options, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, body: JSON.parse(text) }));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** One creation; what breaks with its server is made again at another, as a merchant would. */
async function create(client) {
  const merchant = house.merchants[client % ACCOUNTS];
  const begun = performance.now();
  for (;;) {
    const servers = [...alive];
    const server = servers[Math.floor(client / ACCOUNTS) % servers.length];
    try {
      const { status, body } = await post(server, merchant);
      latencies.push(performance.now() - begun);
      const isGood = status < 300 && (body.status === 'pending' || body.status === 'approved');
      const why = `${status} ${body.status ?? body.error_codes}`;
      if (isGood) count.sessions++;
      else failures.set(why, (failures.get(why) ?? 0) + 1);
      return;
    } catch (error) {
      if (alive.has(server) && performance.now() - begun > 5_000) throw error;
      count.resent++;
      await sleep(20);
    }
  }
}

/** Requests that waited for a token so far, at the servers that are alive. */
async function waits() {
  let sum = 0;
  for (const { url } of alive) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const lines = text.matchAll(/^countersign_upstream_token_waits_total\{.*\} (\d+)$/gm);
    for (const [, waited] of lines) sum += Number(waited);
  }
  return sum;
}

/** When the upstream was asked for tokens, by account. */
async function tokenRequests() {
  const { data } = await house.control('GET', 'token-requests');
  return Map.groupBy(
    data.map(({ clientId, at }) => ({ clientId, at: new Date(at).getTime() })),
    ({ clientId }) => clientId,
  );
}
const sizeOf = (byClient) => [...byClient.values()].reduce((sum, { length }) => sum + length, 0);

/** Kills a server while half of all accounts have a token on its way; gives the time. */
async function kill() {
  await house.control('PUT', 'faults', { faults: [{ on: 'token', mode: 'slow', delayMs: SLOW_MS }] });
  const before = sizeOf(await tokenRequests());
  while (sizeOf(await tokenRequests()) < before + ACCOUNTS / 2) await sleep(50);
  const [victim] = alive;
  alive.delete(victim);
  await victim.kill();
  await house.control('DELETE', 'faults');
  return Date.now();
}

const startedAt = performance.now();
const isOver = () => performance.now() - startedAt >= RUN_MS;
const bursting = (async () => {
  while (!isOver()) {
    count.bursts++;
    const pause = sleep(BURST_EVERY_MS);
    await Promise.all(Array.from({ length: CLIENTS }, (_, client) => create(client)));
    await pause;
  }
})();

await sleep(RUN_MS / 6);
const before = await waits();
await sleep(RUN_MS / 3);
const steadyWaits = [(await waits()) - before];
const killedAt = await kill();
await sleep(RECOVERY_MS);
const after = await waits();
await bursting;
steadyWaits.push((await waits()) - after);
const byClient = await tokenRequests();
await house.stop();

let tooEarly = 0;
let lost = 0;
for (const requests of byClient.values()) {
  const times = requests.map(({ at }) => at).sort((a, b) => a - b);
  for (const [index, at] of times.entries()) {
    const previous = times[index - 1] ?? -Infinity;
    if (at - previous >= TOO_EARLY * TOKEN_MS) continue;
    // What the killed server was fetching had to be fetched again.
    if (previous <= killedAt && at > killedAt) lost++;
    else tooEarly++;
  }
}
for (const [why, failed] of failures) process.stderr.write(`${failed} × ${why}\n`);
const requests = sizeOf(byClient);
const ratio = requests / (requests - tooEarly);
const steadyTokenWaits = steadyWaits[0] + steadyWaits[1];
const failedSessions = [...failures.values()].reduce((sum, failed) => sum + failed, 0);
const line = {
  bench: 'stampede',
  value: Number(ratio.toFixed(3)),
  unit: 'token requests per token life',
  tokenRequests: requests,
  tokenLives: requests - tooEarly,
  // With lives about as long as a lease these look like any other renewal.
  ...(TOO_EARLY * TOKEN_MS > LEASE_MS ? { fetchedAgainAfterKill: lost } : {}),
  steadyTokenWaits,
  failedSessions,
  ...count,
  p50Ms: Number(percentile(latencies, 0.5).toFixed(0)),
  p99Ms: Number(percentile(latencies, 0.99).toFixed(0)),
  load: Number((loadavg()[0] ?? 0).toFixed(1)),
  goals: GOALS,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
const isReached =
  ratio <= GOALS.ratio && steadyTokenWaits <= GOALS.steadyTokenWaits && failedSessions <= GOALS.failedSessions;
process.exitCode = isReached ? 0 : 1;
