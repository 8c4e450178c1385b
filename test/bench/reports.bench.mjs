/**
 * What operators wait for at the screen of reports with a million sessions (BENCH_SESSIONS) of thirty days in Postgres: each kind of
 * report over all of them and over one day, when the worker has rolled up what has settled (which it does here without the pauses
 * between its ticks). The floor is bare SQL that reads the same sessions and counts them by status.
 */
import { createRequire } from 'node:module';
import pg from 'pg';
import { fillSessions } from './support/many-sessions.mjs';
import { percentile } from './support/rounds.mjs';
import { startServer } from './support/server.mjs';

const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 1_000_000);
const TIMES = Number(process.env.BENCH_TIMES ?? 5);
const DAY_MS = 86_400_000;
const KINDS = {
  summary: {},
  trend: { unit: 'day' },
  'split by scheme': { by: 'scheme' },
  'split by ACS': { by: 'acs' },
  'split by issuer': { by: 'issuer' },
  'summary of a country': { filter: JSON.stringify({ issuer_country: 'IS' }) },
  durations: {},
  callbacks: {},
};
const url = process.env.BENCH_DATABASE_URL;
const require = createRequire(import.meta.url);
const built = (file) => require(`../../dist/apps/server/${file}`);
const log = (text) => process.stderr.write(`${text}\n`);

const server = await startServer(url, 16);
const database = new pg.Client({ connectionString: url });
await database.connect();
const api = `http://127.0.0.1:${server.port}/admin/api`;

async function merchants() {
  await database.query(
    `INSERT INTO merchant (id, name, status, created_at, updated_at)
     SELECT gen_random_uuid(), 'Merchant ' || n, 'active', now(), now() FROM generate_series(1, 17) n`,
  );
  const { rows } = await database.query('SELECT id FROM merchant ORDER BY created_at, id');
  return rows.map(({ id }) => id);
}

async function signIn() {
  const { consoleEmail: email, consolePassword: password } = server.demo;
  const answer = await fetch(`${api}/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return { cookie: answer.headers.getSetCookie()[0].split(';')[0] };
}

/** Rolls every hour up that has settled; how many, and how long that took. */
async function rollUp() {
  const startedAt = performance.now();
  const { Metrics, Database } = built('libs/platform/src/index.js');
  const { createDataSource } = built('apps/server/src/data-source.js');
  const { RollupRepository } = built('libs/reporting/src/persistence/rollup.repository.js');
  const { Rollups } = built('libs/reporting/src/rollups.service.js');
  const own = new Database(await createDataSource(url, 1).initialize());
  try {
    // Hours that a tick rolled up while they were being filled.
    await own.query('DELETE FROM report_hour');
    const rollups = new Rollups(new RollupRepository(own, []), { now: () => new Date() }, new Metrics());
    let hours = 0;
    for (let some = await rollups.rollUp(); some > 0; some = await rollups.rollUp()) hours += some;
    return { hours, ms: Math.round(performance.now() - startedAt) };
  } finally {
    await own.onApplicationShutdown();
  }
}

/** How long an answer took, also that it cannot be had within the time that there is. */
async function ask(name, query, headers) {
  const startedAt = performance.now();
  const kind = name.split(' ')[0];
  const response = await fetch(`${api}/reports/${kind}?${new URLSearchParams(query)}`, { headers });
  const body = await response.json();
  const ms = performance.now() - startedAt;
  if (response.status === 200) return { ms, isTooLarge: false };
  if (body.error_codes?.includes('report_too_large')) return { ms, isTooLarge: true };
  throw new Error(`${name}: ${response.status} ${JSON.stringify(body)}`);
}

async function bare(from, to) {
  const startedAt = performance.now();
  await database.query(
    `SELECT status, count(*) FROM session WHERE environment = 'test' AND created_at >= $1 AND created_at < $2 GROUP BY 1`,
    [from, to],
  );
  return performance.now() - startedAt;
}

const round = (ms) => Number(ms.toFixed(1));
const median = (values) => round(percentile(values, 0.5));

try {
  await fillSessions(url, await merchants(), SESSIONS, log);
  const headers = await signIn();
  const rolled = await rollUp();
  log(`${rolled.hours} hours rolled up in ${rolled.ms} ms`);
  const to = new Date();
  const figures = {};
  const every = [];
  for (const days of [30, 1]) {
    const from = new Date(to.getTime() - days * DAY_MS);
    const window = { from: from.toISOString(), to: to.toISOString(), traffic: 'test' };
    for (const [name, more] of Object.entries(KINDS)) {
      const ours = [];
      const floor = [];
      let isTooLarge = false;
      for (let time = 0; time < TIMES && !isTooLarge; time++) {
        floor.push(await bare(from, to));
        const answer = await ask(name, { ...window, ...more }, headers);
        ours.push(answer.ms);
        isTooLarge = answer.isTooLarge;
      }
      const label = `${name}, ${days} d`;
      figures[label] = { api: median(ours), sql: median(floor), ...(isTooLarge ? { isTooLarge } : {}) };
      every.push({ label, ours, floor });
      log(`${label}: ${median(ours)} ms${isTooLarge ? ' (too large)' : ''}, bare SQL ${median(floor)} ms`);
    }
  }
  const [slowest] = every.sort((one, other) => median(other.ours) - median(one.ours));
  const value = median(slowest.ours);
  const floor = median(slowest.floor);
  const line = {
    bench: 'reports',
    value,
    floor,
    ratio: Number((value / floor).toFixed(3)),
    unit: 'ms, median of the slowest report',
    p50Ms: value,
    p99Ms: round(percentile(slowest.ours, 0.99)),
    slowest: slowest.label,
    sessions: SESSIONS,
    rolled,
    figures,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await database.end();
  await server.stop();
}
