/** Issuing access tokens over HTTP, against a bare Fastify that parses the form and makes one ES256 signature. */
import { load } from './support/load.mjs';
import { startFloor } from './support/floors.mjs';
import { compare } from './support/rounds.mjs';
import { startServer } from './support/server.mjs';

const CLIENTS = 16;
const DURATION_MS = Number(process.env.BENCH_ROUND_MS ?? 4000);
const url = process.env.BENCH_DATABASE_URL;
const server = await startServer(url, CLIENTS);
const floor = await startFloor('token', { url, poolSize: 1 });
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: server.demo.clientId,
  client_secret: server.demo.clientSecret,
  scope: 'sessions:app sessions:browser',
}).toString();
const request = Buffer.from(
  `POST /connect/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
);
const measure = (port) => () =>
  load({ port, clients: CLIENTS, durationMs: DURATION_MS, render: () => request, expect: 200 });

try {
  await compare({
    bench: 'token',
    unit: 'tokens/s',
    rounds: Number(process.env.BENCH_ROUNDS ?? 5),
    ours: measure(server.port),
    floor: measure(floor.port),
  });
} finally {
  floor.stop();
  await server.stop();
}
