/**
 * A creation with device data through the Checkout.com connector, whose upstream is a stub on loopback that answers at once. At one
 * client: what is added to calling the stub directly. At 16 clients: against a bare proxy (Fastify, a statement that inserts, the
 * same call by undici, a statement that changes) that writes the same rows; and, without a goal, against one that writes one row.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Pool } from 'undici';
import { newestRows, startFloor } from './support/floors.mjs';
import { httpRequest, load } from './support/load.mjs';
import { BROWSER_DATA, aSession } from './support/requests.mjs';
import { percentile } from './support/rounds.mjs';
import { startServer } from './support/server.mjs';

const CLIENTS = 16;
const DURATION_MS = Number(process.env.BENCH_ROUND_MS ?? 4000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const GOALS = { addedP50Ms: 1, addedP99Ms: 10, ratio: 0.6 };
/** Longer than a server remembers an account. */
const REMEMBERED_MS = 4_000;
const url = process.env.BENCH_DATABASE_URL;

const stub = await startStub();
const server = await startServer(url, CLIENTS, process.env.BENCH_EXEC_ARGV?.split(' '));
const merchant = server.demo.merchants.find(({ connector }) => connector === 'checkout');
await pointAccountsAt(`http://127.0.0.1:${stub.port}`);

const body = {
  ...aSession(merchant),
  channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' },
};
const authorization = await bearerOf(merchant);
const request = httpRequest('POST', '/sessions', { Authorization: authorization }, body);
const ours = (clients) =>
  load({ port: server.port, clients, durationMs: DURATION_MS, render: () => request, expect: 201 });
await load({ port: server.port, clients: 1, durationMs: 300, render: () => request, expect: 201 });
const upstream = `http://127.0.0.1:${stub.port}`;
const proxy = await startFloor('proxy', { url, poolSize: CLIENTS, data: { upstream, ...(await sampleRows()) } });
const lean = await startFloor('leanProxy', { url, poolSize: CLIENTS, data: { upstream } });
const bare = ({ port }, clients = CLIENTS) =>
  load({ port, clients, durationMs: DURATION_MS, render: () => request, expect: 201 });

/** What the server writes before and after its call. A final session could not be changed. */
async function sampleRows() {
  const of = (...tables) => newestRows(url, tables);
  const [session, ...others] = await of(['session', 'id'], ['attempt', 'session_id'], ['card', 'session_id']);
  const open = { status: 'processing', final_at: null, deadline_at: new Date(Date.now() + 180_000), inquire_at: null };
  session.row = { ...session.row, ...open };
  const events = await of(['session_event', 'session_id']);
  const isLater = ({ row }) => row.seq === Math.max(...events.map((event) => event.row.seq));
  return {
    inserts: [session, ...others, ...events.filter((event) => !isLater(event))],
    after: [...events.filter(isLater), ...(await of(['exchange', 'session_id']))],
  };
}

function startStub() {
  const child = fork(fileURLToPath(new URL('./support/stub-upstream.mjs', import.meta.url)));
  return new Promise((resolve) => {
    child.once('message', ({ port }) => resolve({ port, stop: () => child.kill() }));
  });
}

/** The demo's account leads to the server itself; from here on to the stub. */
async function pointAccountsAt(base) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `UPDATE connector_account SET api_base_url = $1, token_url = $2, credential_version = credential_version + 1`,
    [base, `${base}/connect/token`],
  );
  await client.end();
  await new Promise((resolve) => setTimeout(resolve, REMEMBERED_MS));
}

async function bearerOf({ clientId, clientSecret }) {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const answer = await fetch(server.demo.tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  return `Bearer ${(await answer.json()).access_token}`;
}

/** One client that calls the stub as the connector does. */
async function direct() {
  const pool = new Pool(`http://127.0.0.1:${stub.port}`, { connections: 1 });
  const content = JSON.stringify(body);
  const headers = { authorization: 'Bearer stub', 'content-type': 'application/json' };
  const latencies = [];
  const until = performance.now() + DURATION_MS;
  while (performance.now() < until) {
    const startedAt = performance.now();
    const answer = await pool.request({ method: 'POST', path: '/sessions', headers, body: content });
    await answer.body.json();
    latencies.push(performance.now() - startedAt);
  }
  await pool.close();
  return latencies;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rounded = (value, digits = 2) => Number(value.toFixed(digits));

async function measure() {
  await bare(lean);
  await bare(proxy);
  await ours(CLIENTS);
  await direct();
  await ours(1);
  const [alone, asked, floorAlone] = [[], [], []];
  const rates = { ours: [], floor: [], lean: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    asked.push(...(await direct()));
    floorAlone.push(...(await bare(proxy, 1)).latencies);
    alone.push(...(await ours(1)).latencies);
    rates.lean.push((await bare(lean)).perSecond);
    rates.floor.push((await bare(proxy)).perSecond);
    rates.ours.push((await ours(CLIENTS)).perSecond);
    process.stderr.write(
      `round ${round}: floor ${rates.floor.at(-1).toFixed(0)}, ours ${rates.ours.at(-1).toFixed(0)} sessions/s\n`,
    );
  }
  const added = (p) => rounded(percentile(alone, p) - percentile(asked, p));
  const [value, floor] = [median(rates.ours), median(rates.floor)];
  const result = { addedP50Ms: added(0.5), addedP99Ms: added(0.99), ratio: rounded(value / floor, 3) };
  return {
    bench: 'proxy',
    ...result,
    value: Math.round(value),
    floor: Math.round(floor),
    leanFloor: Math.round(median(rates.lean)),
    unit: 'sessions/s',
    p50Ms: rounded(percentile(alone, 0.5)),
    p99Ms: rounded(percentile(alone, 0.99)),
    floorP50Ms: rounded(percentile(floorAlone, 0.5)),
    floorP99Ms: rounded(percentile(floorAlone, 0.99)),
    directP50Ms: rounded(percentile(asked, 0.5)),
    directP99Ms: rounded(percentile(asked, 0.99)),
    goals: GOALS,
    met: result.addedP50Ms <= GOALS.addedP50Ms && result.addedP99Ms <= GOALS.addedP99Ms && result.ratio >= GOALS.ratio,
  };
}

try {
  process.stdout.write(`${JSON.stringify(await measure())}\n`);
} finally {
  proxy.stop();
  lean.stop();
  await server.stop();
  stub.stop();
}
