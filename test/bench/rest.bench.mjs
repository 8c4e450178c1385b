/**
 * The server at rest: resident memory after a first request and ten quiet seconds, and the time from start to ready of
 * the server alone, on a database that is migrated already. The floor is a bare Node with Fastify and pg loaded.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFloor } from './support/floors.mjs';
import { startServer } from './support/server.mjs';

const url = process.env.BENCH_DATABASE_URL;
const residentMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const starts = [];
const memory = [];
await (await startServer(url, 16)).stop();
for (let round = 0; round < 3; round++) {
  const server = await startServer(url, 16);
  starts.push(server.readyAfterMs);
  await sleep(10_000);
  memory.push(residentMb(server.pid));
  process.stderr.write(
    `round ${round + 1}: ready after ${Math.round(server.readyAfterMs)} ms, ${memory.at(-1).toFixed(1)} MB\n`,
  );
  await server.stop();
}
const floor = await startFloor('get', { url, poolSize: 16 });
await sleep(2_000);
const base = residentMb(floor.pid);
floor.stop();
const value = median(memory);
process.stdout.write(
  `${JSON.stringify({
    bench: 'rest',
    value: Number(value.toFixed(1)),
    floor: Number(base.toFixed(1)),
    ratio: Number((base / value).toFixed(3)),
    unit: 'MB',
    p50Ms: Math.round(median(starts)),
    p99Ms: Math.round(Math.max(...starts)),
  })}\n`,
);
