/** Several server processes over one database, a scripted upstream, and merchants that run through it, each on an account of its own. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const require = createRequire(import.meta.url);
const built = (path) => join(ROOT, 'dist/apps/server', path);
const entry = (app) => join(ROOT, 'dist/apps', app, 'apps', app, 'src/main.js');
const CONTROL_HEADERS = { 'content-type': 'application/json' };

/** Starts a program; resolves when it listens. */
function start(file, env) {
  const child = fork(file, [], {
    cwd: ROOT,
    execArgv: [],
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.on('message', (message) => {
      if (message.type !== 'listening') return;
      const end = async (signal) => {
        child.kill(signal);
        await ended;
      };
      resolve({ url: message.url, port: message.port, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') });
    });
  });
}

/** Merchants with an access key, a channel routed to `checkout`, and an account at the upstream at `upstreamUrl`. */
async function seedMerchants(env, upstreamUrl, accounts) {
  const lib = (name) => require(built(`libs/${name}/src/index.js`));
  const { AccessKeysAdmin, CredentialsAdmin, ConnectorAccountsAdmin, CredentialsModule } = lib('credentials');
  const { encodeId, Secret } = lib('kernel');
  const { createLogger, loadConfig, PlatformModule } = lib('platform');
  const { createDataSource } = require(built('apps/server/src/data-source.js'));
  const { NestFactory } = require('@nestjs/core');
  const config = loadConfig(env);
  const dataSource = await createDataSource(env.DATABASE_URL, 8).initialize();
  await dataSource.runMigrations();
  class Seeding {}
  const app = await NestFactory.createApplicationContext(
    {
      module: Seeding,
      imports: [PlatformModule.forRoot({ config, log: createLogger('warn'), dataSource }), CredentialsModule],
    },
    { logger: false, abortOnError: false },
  );
  const [admin, accessKeys, connectorAccounts] = [CredentialsAdmin, AccessKeysAdmin, ConnectorAccountsAdmin].map(
    (part) => app.get(part),
  );
  const merchants = [];
  for (const { clientId, clientSecret } of accounts) {
    const { id: merchantId } = await admin.createMerchant({ name: clientId });
    const { channel } = await admin.createChannel({
      merchantId,
      environment: 'test',
      name: 'bench',
      route: [{ connector: 'checkout' }],
    });
    const { key, secret } = await accessKeys.create({
      merchantId,
      environment: 'test',
      scopes: ['sessions:app', 'sessions:browser'],
      defaultChannelId: channel.id,
    });
    await connectorAccounts.create(
      {
        merchantId,
        connector: 'checkout',
        environment: 'test',
        name: 'bench',
        apiBaseUrl: upstreamUrl,
        tokenUrl: `${upstreamUrl}/connect/token`,
        scopes: ['sessions:app', 'sessions:browser'],
        credential: { clientId, clientSecret: new Secret(clientSecret) },
      },
      { test: false },
    );
    merchants.push({
      upstreamClientId: clientId,
      clientId: encodeId('accessKey', key.id),
      clientSecret: secret.expose(),
      processingChannelId: encodeId('channel', channel.id),
    });
  }
  await app.close();
  return merchants;
}

async function bearerOf(url, { clientId, clientSecret }) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const answer = await fetch(`${url}/connect/token`, { method: 'POST', body });
  return `Bearer ${(await answer.json()).access_token}`;
}

/**
 * Starts `servers` processes and `accounts` merchants whose upstream tokens live `tokenSeconds`. Out: the servers, the merchants
 * with an `authorization` each, `control(method, path, body)` of the upstream, and `stop`.
 */
export async function startUpstreamHouse({ databaseUrl, servers, accounts, tokenSeconds, poolSize = 16 }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const simulator = await start(entry('simulator'), { SIMULATOR_PORT: '0', COUNTERSIGN_DATA_DIR: dataDir });
  const control = async (method, path, body) => {
    const answer = await fetch(`${simulator.url}/control/upstream/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: CONTROL_HEADERS, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const clients = Array.from({ length: accounts }, (_, index) => ({
    clientId: `ack_bench${String(index).padStart(4, '0')}`,
    clientSecret: randomBytes(16).toString('hex'),
  }));
  await control('POST', 'accounts', { accounts: clients.map((each) => ({ ...each, expiresIn: tokenSeconds })) });
  const env = {
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: String(poolSize),
    COUNTERSIGN_KEK: randomBytes(32).toString('base64'),
    COUNTERSIGN_DEMO: '1',
    COUNTERSIGN_SIMULATOR_URL: simulator.url,
    COUNTERSIGN_DATA_DIR: dataDir,
    COUNTERSIGN_LOG_LEVEL: 'error',
    COUNTERSIGN_RATE_LIMIT_TOKENS: '0',
    COUNTERSIGN_RATE_LIMIT_SESSIONS: '0',
    COUNTERSIGN_RATE_LIMIT_ADDRESS: '0',
    // All of them are on one machine: what is measured are tokens, not who is refused when it is full.
    COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS: '5000',
  };
  const merchants = await seedMerchants(env, `${simulator.url}/upstream`, clients);
  const running = [];
  // One after the other: the first makes what they share.
  for (let index = 0; index < servers; index++) {
    const server = await start(entry('server'), env);
    while ((await fetch(`${server.url}/health/ready`)).status !== 200) await sleep(20);
    running.push(server);
  }
  for (const merchant of merchants) merchant.authorization = await bearerOf(running[0].url, merchant);
  return {
    servers: running,
    merchants,
    control,
    stop: async () => {
      await Promise.all(running.map((server) => server.stop()));
      await simulator.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
