/** The built server as a child process over the bench's own database, with a demo merchant to call it as. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One key for the whole bench: a server that is started again must open what the last one sealed. */
const KEK = randomBytes(32).toString('base64');

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const entry = (app) => join(ROOT, 'dist/apps', app, 'apps', app, 'src/main.js');

function start(file, env, execArgv = []) {
  const child = fork(file, [], {
    cwd: ROOT,
    execArgv,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.on('message', (message) => {
      if (message.type !== 'listening') return;
      const stop = async () => {
        child.kill('SIGTERM');
        await ended;
      };
      resolve({ port: message.port, url: message.url, pid: child.pid, stop });
    });
  });
}

/**
 * Starts simulator and server with a pool of `poolSize` over `databaseUrl`. Out: the port, the demo merchant's
 * credentials, a bearer header, and `stop`.
 */
export async function startServer(databaseUrl, poolSize, execArgv = []) {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const simulator = await start(entry('simulator'), { SIMULATOR_PORT: '0', COUNTERSIGN_DATA_DIR: dataDir });
  const startedAt = performance.now();
  const server = await start(
    entry('server'),
    {
      PORT: '0',
      HOST: '127.0.0.1',
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(poolSize),
      COUNTERSIGN_KEK: KEK,
      COUNTERSIGN_DEMO: '1',
      COUNTERSIGN_SIMULATOR_URL: simulator.url,
      COUNTERSIGN_DATA_DIR: dataDir,
      COUNTERSIGN_LOG_LEVEL: 'info',
      // One key does the work of a thousand merchants.
      COUNTERSIGN_RATE_LIMIT_TOKENS: '0',
      COUNTERSIGN_RATE_LIMIT_SESSIONS: '0',
      COUNTERSIGN_RATE_LIMIT_HOSTED: '0',
      COUNTERSIGN_RATE_LIMIT_ADDRESS: '0',
    },
    execArgv,
  );
  while ((await fetch(`${server.url}/health/ready`)).status !== 200)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const readyAfterMs = performance.now() - startedAt;
  const demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'));
  const answer = await fetch(demo.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: demo.clientId,
      client_secret: demo.clientSecret,
    }),
  });
  const { access_token: token } = await answer.json();
  return {
    port: server.port,
    pid: server.pid,
    readyAfterMs,
    demo,
    simulatorUrl: simulator.url,
    authorization: `Bearer ${token}`,
    stop: async () => {
      await server.stop();
      await simulator.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
