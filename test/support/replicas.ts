/** The product scaled out: two servers over one database, behind a load balancer and, where it can be had, PgBouncer. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from './database';
import { ROOT } from './installation';
import { assertNoLeaks } from './leaks';
import { findPgBouncer, startPgBouncer, type Pooler } from './pgbouncer';
import { ready, SERVER, SIMULATOR, start, type Child, type Demo, type Product } from './product';
import { RoundRobin } from './round-robin';

/** One of the servers. */
export interface Replica {
  readonly url: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  revive(): Promise<void>;
}

export interface ReplicatedProduct extends Product {
  readonly replicas: readonly [Replica, Replica];
  readonly balancer: RoundRobin;
  /** The same product, seen through one replica only. */
  through(replica: Replica): Product;
  /** Runs a command of the command line program, a process of its own; gives its JSON. */
  cli<T>(...args: string[]): T;
}

const CLI = join(ROOT, 'dist/apps/server/apps/server/src/cli.js');

/** The pooler's program; null: the replicas connect to Postgres directly, and the tests' names say so. */
export const POOLER = findPgBouncer();

/** Builds what is out of date and starts everything; `env` goes to the servers. */
export async function startReplicas(env: Record<string, string> = {}): Promise<ReplicatedProduct> {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'pipe' });
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-replicas-'));
  const pooler: Pooler | null = POOLER === null ? null : await startPgBouncer(POOLER, database.url);
  const balancer = new RoundRobin([]);
  const apiUrl = await balancer.listen();
  const shared = { COUNTERSIGN_DATA_DIR: dataDir };
  const simulator = await start(SIMULATOR, { ...shared, SIMULATOR_PORT: '0' });
  const serverEnv = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: pooler?.url ?? database.url,
    DATABASE_DIRECT_URL: database.url,
    COUNTERSIGN_KEK: randomBytes(32).toString('base64'),
    COUNTERSIGN_DEMO: '1',
    COUNTERSIGN_PUBLIC_URL: apiUrl,
    COUNTERSIGN_SIMULATOR_URL: simulator.url,
    // A busy machine is no reason to refuse anything, but where a test says so.
    COUNTERSIGN_MAX_EVENT_LOOP_DELAY_MS: '60000',
    ...shared,
    ...env,
  };
  const servers: Child[] = [];
  let ended = '';
  const logs = (): string => ended + [...servers, simulator].map(({ output }) => output()).join('');
  const startReplica = async (index: number, port = '0'): Promise<string> => {
    const server = await start(SERVER, { ...serverEnv, PORT: port });
    ended += servers[index]?.output() ?? '';
    servers[index] = server;
    await ready(server.url, logs);
    return server.url.replace('localhost', '127.0.0.1');
  };
  // One after the other: the second finds the demo merchants' credentials that the first has written down.
  const replica = async (index: number): Promise<Replica> => {
    const url = await startReplica(index);
    balancer.replicas.push(url);
    return {
      url,
      kill: async () => {
        const child = servers[index]?.process;
        const gone = new Promise((done) => child?.once('exit', done));
        child?.kill('SIGKILL');
        await gone;
      },
      revive: async () => void (await startReplica(index, new URL(url).port)),
    };
  };
  const replicas = [await replica(0), await replica(1)] as const;
  const demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Demo;
  const product: ReplicatedProduct = {
    apiUrl,
    simulatorUrl: simulator.url,
    demo,
    database,
    dataDir,
    replicas,
    balancer,
    logs,
    through: ({ url }) => ({
      ...product,
      apiUrl: url,
      demo: { ...demo, apiUrl: url, tokenUrl: `${url}/connect/token` },
    }),
    cli: <T>(...args: string[]): T => {
      const env = { PATH: process.env['PATH'], ...serverEnv };
      return JSON.parse(
        execFileSync(process.execPath, [CLI, ...args, '--json'], { cwd: ROOT, env, encoding: 'utf8' }),
      ) as T;
    },
    restart: () => Promise.reject(new Error('Revive a replica instead')),
    pid: () => servers[0]?.process.pid ?? 0,
    signal: (name) => servers.forEach(({ process: child }) => void child.kill(name)),
    stop: async () => {
      await Promise.all(servers.filter(isRunning).map((server) => server.stop()));
      await simulator.stop();
      await balancer.close();
      await pooler?.stop();
      rmSync(dataDir, { recursive: true, force: true });
      await assertNoLeaks(product, serverEnv.COUNTERSIGN_KEK);
      await database.drop();
    },
  };
  return product;
}

const isRunning = ({ process: { exitCode, signalCode } }: Child): boolean => exitCode === null && signalCode === null;
