/** The whole product as a user runs it: the built server and simulator as processes, over a test database. */
import { fork, execFileSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createTestDatabase, type TestDatabase } from './database';
import { assertNoLeaks } from './leaks';

const ROOT = resolve(__dirname, '../..');
export const SERVER = join(ROOT, 'dist/apps/server/apps/server/src/main.js');
export const SIMULATOR = join(ROOT, 'dist/apps/simulator/apps/simulator/src/main.js');
const STARTS_WITHIN_MS = 60_000;

export interface DemoMerchant {
  name: string;
  connector: string;
  clientId: string;
  clientSecret: string;
  processingChannelId: string;
  webhookSecret: string;
  publicKey: string;
}

/** What `demo.json` tells (docs/architecture.md, "Running it"). */
export interface Demo {
  version: 1;
  apiUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  processingChannelId: string;
  simulatorUrl: string;
  publicKey: string;
  merchants: DemoMerchant[];
  consoleUrl: string;
  consoleEmail: string;
  consolePassword: string;
}

export interface Product {
  readonly apiUrl: string;
  readonly simulatorUrl: string;
  readonly demo: Demo;
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** Everything the processes logged so far. */
  logs(): string;
  /** Stops the server and starts it again on the same data and at the same address, with `env` on top of what it had. */
  restart(env: Record<string, string>): Promise<void>;
  /** The server's process id. */
  pid(): number;
  /** Sends the server a signal, such as SIGSTOP. */
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** A program of the product as a process. */
export interface Child {
  process: ChildProcess;
  url: string;
  output: () => string;
  stop(): Promise<void>;
}

/** What another process must know of a product to test it, as it is handed over in the file that TEST_PRODUCT names. */
export interface RunningProduct extends Pick<Product, 'apiUrl' | 'simulatorUrl' | 'demo' | 'dataDir'> {
  readonly databaseUrl: string;
  readonly logFile: string;
}

/** A product that another process has started and will stop. */
function joinProduct(file: string): Product {
  const { databaseUrl, logFile, ...running } = JSON.parse(readFileSync(file, 'utf8')) as RunningProduct;
  return {
    ...running,
    database: { url: databaseUrl, name: new URL(databaseUrl).pathname.slice(1), drop: async () => undefined },
    logs: () => readFileSync(logFile, 'utf8'),
    restart: () => Promise.reject(new Error('This product belongs to another process')),
    pid: () => {
      throw new Error('This product belongs to another process');
    },
    signal: () => {
      throw new Error('This product belongs to another process');
    },
    stop: async () => undefined,
  };
}

/** Builds what is out of date, starts simulator and server on free ports, waits until ready. `env` goes to both. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const running = process.env['TEST_PRODUCT'];
  if (running !== undefined) return joinProduct(running);
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  const shared = { ...env, COUNTERSIGN_DATA_DIR: dataDir };
  const simulator = await start(SIMULATOR, { ...shared, SIMULATOR_PORT: '0' });
  let serverEnv: Record<string, string> = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    COUNTERSIGN_KEK: randomBytes(32).toString('base64'),
    COUNTERSIGN_DEMO: '1',
    COUNTERSIGN_SIMULATOR_URL: simulator.url,
    // A busy machine is no reason to refuse anything, but where a test says so.
    COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS: '60000',
    ...shared,
  };
  let server = await start(SERVER, serverEnv).catch(async (error: unknown) => {
    await simulator.stop();
    throw error;
  });
  let earlier = '';
  const logs = (): string => earlier + server.output() + simulator.output();
  await ready(server.url, logs);
  const demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Demo;
  return {
    apiUrl: server.url,
    simulatorUrl: simulator.url,
    demo,
    database,
    dataDir,
    logs,
    restart: async (changes) => {
      await server.stop();
      earlier += server.output();
      serverEnv = { ...serverEnv, PORT: new URL(server.url).port, ...changes };
      server = await start(SERVER, serverEnv);
      await ready(server.url, logs);
    },
    pid: () => server.process.pid ?? 0,
    signal: (name) => void server.process.kill(name),
    stop: async () => {
      await server.stop();
      await simulator.stop();
      rmSync(dataDir, { recursive: true, force: true });
      await assertNoLeaks({ database, logs, demo }, serverEnv['COUNTERSIGN_KEK'] ?? '');
      await database.drop();
    },
  };
}

/** Starts a program and waits until it listens. */
export function start(file: string, env: Record<string, string>): Promise<Child> {
  const child = fork(file, [], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`Not listening in time: ${file}\n${output}`)), STARTS_WITHIN_MS);
    void ended.then(() => {
      clearTimeout(timer);
      fail(new Error(`Ended before it listened: ${file}\n${output}`));
    });
    child.on('message', (message: { type?: string; url?: string }) => {
      if (message.type !== 'listening' || message.url === undefined) return;
      clearTimeout(timer);
      const stop = async (): Promise<void> => {
        child.kill('SIGTERM');
        await ended;
      };
      done({ process: child, url: message.url, output: () => output, stop });
    });
  });
}

/** Waits until the server at `url` calls itself ready. */
export async function ready(url: string, logs: () => string): Promise<void> {
  const until = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    const response = await fetch(`${url}/health/ready`).catch(() => null);
    if (response?.status === 200) return;
    if (Date.now() > until) throw new Error(`Never ready: ${(await response?.text()) ?? 'no answer'}\n${logs()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
