/**
 * Session creation over HTTP, with token check, validation and encryption on our side, against a bare Node program that
 * writes the same three rows (session, attempt, card) in a transaction with prepared statements: same cluster, same pool
 * size, 16 clients, fsync on, alternating rounds.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { httpRequest, load } from './support/load.mjs';
import { aSession } from './support/requests.mjs';
import { compare } from './support/rounds.mjs';
import { startServer } from './support/server.mjs';

const CLIENTS = 16;
const DURATION_MS = Number(process.env.BENCH_ROUND_MS ?? 4000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const url = process.env.BENCH_DATABASE_URL;

const server = await startServer(url, CLIENTS);
const request = httpRequest('POST', '/sessions', { Authorization: server.authorization }, aSession(server.demo));

const ours = () =>
  load({ port: server.port, clients: CLIENTS, durationMs: DURATION_MS, render: () => request, expect: 202 });

// The floor writes rows that the server made: same columns, same sizes. It runs in a process of its own, as the server does.
await load({ port: server.port, clients: 1, durationMs: 200, render: () => request, expect: 202 });
const client = new pg.Client({ connectionString: url });
await client.connect();
const sample = {};
for (const [table, key] of [
  ['session', 'id'],
  ['attempt', 'session_id'],
  ['card', 'session_id'],
]) {
  const { rows, fields } = await client.query(`SELECT * FROM ${table} ORDER BY ${key} DESC LIMIT 1`);
  sample[table] = { key, columns: fields.map((field) => field.name), row: rows[0] };
}
await client.end();

const floorFile = fileURLToPath(new URL('./support/create-floor.mjs', import.meta.url));
const program = fork(floorFile, [], { serialization: 'advanced', env: { ...process.env, NODE_ENV: 'production' } });
const floor = () =>
  new Promise((resolve, reject) => {
    program.once('message', (result) => (result.error ? reject(new Error(result.error)) : resolve(result)));
    program.send({ url, clients: CLIENTS, durationMs: DURATION_MS, sample });
  });

try {
  await compare({ bench: 'create', unit: 'sessions/s', rounds: ROUNDS, ours, floor });
} finally {
  program.kill();
  await server.stop();
}
