import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { killAll, removeDataDir, ROOT, survivors, temporaryDataDir } from '../../support/installation';

interface Running {
  url: string;
  adminUrl: string;
  pid: number;
  reused: boolean;
}

const nodeArgs = (script: string): string[] => ['--input-type=module', '-e', script];

/** Starts the database in a process that ends at once and leaves it running, as a killed supervisor does. */
const startAndLeave = (dataDir: string): Running => {
  const script = `
    import { startPostgres } from './scripts/embedded-postgres.mjs';
    const { url, adminUrl, pid, reused } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, options: { fsync: 'off' } });
    process.stdout.write(JSON.stringify({ url, adminUrl, pid, reused }));`;
  const { stdout, stderr } = spawnSync(process.execPath, nodeArgs(script), {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Running;
};

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded Postgres', () => {
  const dataDir = temporaryDataDir();
  let running: Running;

  afterAll(async () => {
    if (running) process.kill(running.pid, 'SIGQUIT');
    expect(await survivors([running.pid], 10_000)).toEqual([]);
    removeDataDir(dataDir);
  });

  it('redoes a first start that was interrupted half way', async () => {
    mkdirSync(join(dataDir, 'postgres', 'cluster.draft'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'cluster.draft', 'PG_VERSION'), '18\n');

    running = startAndLeave(dataDir);

    expect(await query(running.url, 'SELECT current_user AS me, current_database() AS here')).toEqual([
      { me: 'countersign', here: 'countersign' },
    ]);
  });

  it('listens on this machine only and keeps what it is told on disk', async () => {
    expect(await query(running.adminUrl, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(running.adminUrl, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    await query(running.url, 'CREATE TABLE kept AS SELECT 1 AS it');
  });

  it('lets nobody in without the password', async () => {
    const url = new URL(running.adminUrl);
    url.password = 'guessed';

    await expect(query(url.toString(), 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('is found again while it runs', () => {
    expect(startAndLeave(dataDir)).toEqual({ ...running, reused: true });
  });

  it('recovers from its own kill -9', async () => {
    killAll([running.pid]);

    running = startAndLeave(dataDir);

    expect(running.reused).toBe(false);
    expect(await query(running.url, 'SELECT it FROM kept')).toEqual([{ it: 1 }]);
  });

  it('is not misled by another process that has its old pid', async () => {
    killAll([running.pid]);
    expect(await survivors([running.pid], 10_000)).toEqual([]);
    const { home } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { home: string };
    const pidFile = resolve(dataDir, home, 'cluster', 'postmaster.pid');
    const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
    writeFileSync(pidFile, [String(process.pid), ...rest].join('\n'));

    running = startAndLeave(dataDir);

    expect(running.reused).toBe(false);
    expect(await query(running.url, 'SELECT it FROM kept')).toEqual([{ it: 1 }]);
  });

  it('opens again when the record of its passwords was lost', async () => {
    rmSync(join(dataDir, 'postgres.json'));

    running = startAndLeave(dataDir);

    expect(await query(running.url, 'SELECT it FROM kept')).toEqual([{ it: 1 }]);
  });

  it('replaces one that runs but does not answer', async () => {
    process.kill(running.pid, 'SIGSTOP');

    const { pid: hung } = running;
    running = startAndLeave(dataDir);

    expect(running).toMatchObject({ reused: false });
    expect(await survivors([hung])).toEqual([]);
    expect(await query(running.url, 'SELECT it FROM kept')).toEqual([{ it: 1 }]);
  });
});

describe('the lock on a data directory', () => {
  const dataDir = temporaryDataDir();
  const lock = join(dataDir, 'lock');
  const contenders: ChildProcess[] = [];
  afterAll(() => {
    for (const child of contenders) child.kill('SIGKILL');
    removeDataDir(dataDir);
  });

  const contender = (): Promise<string> =>
    new Promise((told) => {
      const script = `
        import { tryLock } from './scripts/lib/file-lock.mjs';
        const { release } = tryLock(${JSON.stringify(lock)}, 'test');
        process.stdout.write(release ? 'mine' : 'theirs');
        setTimeout(() => undefined, 30_000);`;
      const child = spawn(process.execPath, nodeArgs(script), { cwd: ROOT });
      contenders.push(child);
      child.stdout.once('data', (chunk: Buffer) => told(chunk.toString()));
    });

  it('passes from a dead holder to exactly one of many', async () => {
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, ticks: '1', purpose: 'start', token: 'old' }));

    const outcomes = await Promise.all(Array.from({ length: 8 }, contender));

    expect(outcomes.filter((outcome) => outcome === 'mine')).toHaveLength(1);
  });
});
