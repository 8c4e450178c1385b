/** Reading a session over HTTP with a token, against a bare Fastify that reads one row by its primary key. */
import { httpRequest, load } from './support/load.mjs';
import { newestRows, startFloor } from './support/floors.mjs';
import { compare } from './support/rounds.mjs';
import { startServer } from './support/server.mjs';
import { aSession } from './support/requests.mjs';

const CLIENTS = 16;
const DURATION_MS = Number(process.env.BENCH_ROUND_MS ?? 4000);
const url = process.env.BENCH_DATABASE_URL;
const server = await startServer(url, CLIENTS);
const authorization = { Authorization: server.authorization };

const ids = [];
for (let count = 0; count < 200; count++) {
  const answer = await fetch(`http://127.0.0.1:${server.port}/sessions`, {
    method: 'POST',
    headers: { ...authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify(aSession(server.demo)),
  });
  ids.push((await answer.json()).id);
}
const [{ row }] = await newestRows(url, [['session', 'id']]);
const floor = await startFloor('get', { url, poolSize: CLIENTS });
const requests = ids.map((id) => httpRequest('GET', `/sessions/${id}`, authorization));
const bare = httpRequest('GET', `/sessions/${row.id}`, {});
const measure = (port, render) => () => load({ port, clients: CLIENTS, durationMs: DURATION_MS, render, expect: 200 });

try {
  await compare({
    bench: 'get',
    unit: 'reads/s',
    rounds: Number(process.env.BENCH_ROUNDS ?? 5),
    ours: measure(server.port, (count) => requests[count % requests.length]),
    floor: measure(floor.port, () => bare),
  });
} finally {
  floor.stop();
  await server.stop();
}
