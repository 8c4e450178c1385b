/** A process in role `worker`: it does the scheduled work, and is there for who watches it. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ROOT } from '../support/installation';
import { ready, SERVER, start, type Child } from '../support/product';
import { onSocket, requestText } from '../support/wire';

let database: TestDatabase;
const servers: Child[] = [];

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
  database = await createTestDatabase();
}, 120_000);

afterAll(async () => {
  for (const server of servers) await server.stop();
  await database?.drop();
});

const KEK = randomBytes(32).toString('base64');

async function startAs(role: string): Promise<Child> {
  const server = await start(SERVER, {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    COUNTERSIGN_KEK: KEK,
    COUNTERSIGN_ROLE: role,
    COUNTERSIGN_PUBLIC_URL: 'https://3ds.countersign.example',
    RREQ_PORT: '0',
  });
  servers.push(server);
  await ready(server.url, server.output);
  return server;
}

/** What an `api` has under these, in this many ways to write one of them. */
const SERVED: [string, string][] = [
  ['POST', '/sessions'],
  ['POST', '/%73essions'],
  ['POST', 'http://countersign.test/sessions'],
  ['GET', '/sessions/sid_aaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['POST', '/tokens'],
  ['POST', '/connect/token'],
  ['GET', '/.well-known/jwks.json'],
  ['POST', '/3ds/rreq'],
  ['POST', '/3ds/challenge-notification'],
  ['POST', `/upstream/checkout/webhooks/${'A'.repeat(43)}`],
  ['POST', '/admin/api/auth/login'],
  ['GET', '/admin/'],
  ['GET', '/openapi.json'],
  ['GET', '/docs'],
];

const statusAt = async ({ url }: Child, method: string, target: string): Promise<number> => {
  const body = method === 'POST' ? '{}' : '';
  const text = requestText(method, target, { 'Content-Type': 'application/json' }, body);
  return (await onSocket({ apiUrl: url }, text)).status;
};

it('is found for health and metrics, and for nothing that an api answers', async () => {
  const [worker, api] = [await startAs('worker'), await startAs('api')];

  for (const path of ['/health/live', '/health/ready', '/metrics']) {
    expect([path, await statusAt(worker, 'GET', path)]).toEqual([path, 200]);
  }
  for (const [method, target] of SERVED) {
    expect([target, await statusAt(worker, method, target)]).toEqual([target, 404]);
  }
  const known = ['/sessions', '/connect/token', '/.well-known/jwks.json', '/openapi.json', '/docs', '/admin/'];
  for (const [method, target] of SERVED.filter(([, path]) => known.includes(path))) {
    expect([target, await statusAt(api, method, target)]).not.toEqual([target, 404]);
  }
  expect(await statusAt(worker, 'GET', '/nowhere')).toBe(404);
});

it('tells of unresolved sessions, which an api, that does not look, has nothing to say about', async () => {
  const [worker, api] = servers;
  const tells = async (server: Child | undefined): Promise<boolean> => {
    const text = await (await fetch(`${server?.url}/metrics`)).text();
    return /^countersign_sessions_unresolved_past_deadline 0$/m.test(text);
  };

  while (!(await tells(worker))) await new Promise((done) => setTimeout(done, 100));

  expect(await tells(api)).toBe(false);
});
