/** PgBouncer in transaction mode in front of a test database: found on the machine, else installed or unpacked from Debian's packages. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const INSTALL_WITHIN_MS = 120_000;
/** PgBouncer refuses to be root; this is nobody. */
const NOBODY = 65_534;
/** Fewer than the replicas' own pools together: connections are really shared. */
export const POOL_SIZE = 8;

export interface Pooler {
  /** Connection string of the same database and role, through the pooler. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The program, got for this machine if need be; null when it cannot be had here. Quiet, and within two minutes.
 * @throws where it must be had, see `unlessNeeded`
 */
export function findPgBouncer(): string | null {
  return unlessNeeded(gotten(), process.env);
}

/**
 * What was found, or null on a developer's machine without it: tests that need it are left out there. A gate (CI) must not
 * pass for want of it, unless it says that it means to (TEST_WITHOUT_PGBOUNCER).
 */
export function unlessNeeded(program: string | null, env: NodeJS.ProcessEnv): string | null {
  if (program !== null || env['CI'] !== 'true' || env['TEST_WITHOUT_PGBOUNCER'] === '1') return program;
  throw new Error(
    'PgBouncer is not installed and could not be installed from Debian’s packages. Install it (pgbouncer), or set ' +
      'TEST_WITHOUT_PGBOUNCER=1 to leave out what is tested through it.',
  );
}

function gotten(): string | null {
  const found = installed();
  if (found !== null) return found;
  const options = { stdio: 'ignore', timeout: INSTALL_WITHIN_MS, killSignal: 'SIGKILL' } as const;
  if (process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'pgbouncer'];
    if (spawnSync('apt-get', install, { ...options, env }).status !== 0) {
      spawnSync('apt-get', ['update', '-qq'], { ...options, env });
      spawnSync('apt-get', install, { ...options, env });
    }
    return installed();
  }
  return unpacked(options);
}

function installed(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, 'pgbouncer')).find((file) => existsSync(file)) ?? null;
}

/** An ordinary user cannot install, but can fetch the package and open it. */
function unpacked(options: { stdio: 'ignore'; timeout: number }): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-pgbouncer-package-'));
  spawnSync('apt-get', ['download', 'pgbouncer'], { ...options, cwd: folder });
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
  if (file === undefined) return null;
  spawnSync('dpkg-deb', ['-x', file, '.'], { ...options, cwd: folder });
  const program = join(folder, 'usr/sbin/pgbouncer');
  return spawnSync(program, ['--version'], options).status === 0 ? program : null;
}

/** Whether `program` can carry prepared statements from one connection to another. */
export function carriesPreparedStatements(program: string): boolean {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
  return Number(major) > 1 || Number(minor) >= 21;
}

/**
 * Starts `program` in front of the database at `url`, in transaction mode; at `port`, where one is given. It carries
 * prepared statements only where that is wanted.
 */
export async function startPgBouncer(
  program: string,
  url: string,
  { port: at, carries = false }: { port?: number; carries?: boolean } = {},
): Promise<Pooler> {
  const database = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-pgbouncer-'));
  const port = at ?? (await freePort());
  writeFileSync(join(folder, 'users.txt'), `"${database.username}" "${decodeURIComponent(database.password)}"\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=${database.hostname} port=${database.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${join(folder, 'users.txt')}`,
      'pool_mode = transaction',
      `default_pool_size = ${POOL_SIZE}`,
      'max_client_conn = 500',
      'server_tls_sslmode = disable',
      ...(carriesPreparedStatements(program) ? [`max_prepared_statements = ${carries ? 100 : 0}`] : []),
      '',
    ].join('\n'),
  );
  chmodSync(folder, 0o755);
  const isRoot = process.getuid?.() === 0;
  const child = spawn(program, [join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const pooled = new URL(url);
  pooled.host = `127.0.0.1:${port}`;
  await answers(child, pooled.toString(), () => told);
  return {
    url: pooled.toString(),
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(child: ChildProcess, url: string, told: () => string): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > until) {
        throw new Error(`PgBouncer does not answer:\n${told()}`, { cause: error });
      }
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
