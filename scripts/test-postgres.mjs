/**
 * The Postgres that all test runs of this checkout share when none was given to them: started by the first that asks,
 * ended by its own watcher once nobody has used it for a while. Prints `{"adminUrl": …}`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { answers, removeDataDir, startPostgres } from './embedded-postgres.mjs';
import { waitForLock } from './lib/file-lock.mjs';
import { isAlive, sleep, until } from './lib/processes.mjs';

const IDLE_MS = 180_000;
const self = fileURLToPath(import.meta.url);

/** Durability costs time and tests need none; never used for data that anybody wants to keep. */
export const TEST_OPTIONS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 400,
  max_wal_size: '2GB',
  checkpoint_timeout: '30min',
};

const directory = () => {
  const name = createHash('sha256').update(`${self} ${process.getuid?.()}`).digest('hex').slice(0, 12);
  const path = join(tmpdir(), `countersign-test-${name}`);
  if (!existsSync(path)) mkdirSync(path, { mode: 0o711 });
  const found = lstatSync(path);
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid()))
    throw new Error(`${path} belongs to somebody else.`);
  chmodSync(path, 0o711);
  return path;
};

const readState = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

async function livingUrl(file) {
  const state = readState(file);
  if (state === null || !isAlive(state.watcher) || !(await answers(state.adminUrl))) return null;
  utimesSync(file, new Date(), new Date());
  return state.adminUrl;
}

async function ask() {
  const root = directory();
  const stateFile = join(root, 'state.json');
  const lock = await waitForLock(join(root, 'lock'), 'test database', 60_000);
  if (!lock.release)
    throw new Error(`The test database is being started by pid ${lock.holder.pid} and does not come up.`);
  try {
    const running = await livingUrl(stateFile);
    if (running !== null) return running;
    rmSync(stateFile, { force: true });
    const child = spawn(process.execPath, [self, '--watch', root], { detached: true, stdio: 'ignore', cwd: '/' });
    child.unref();
    let url = null;
    await until(async () => child.exitCode !== null || (url = await livingUrl(stateFile)) !== null, 60_000, 50);
    if (url === null) throw new Error(`The test database did not start; see ${join(root, 'data')}.`);
    return url;
  } finally {
    lock.release();
  }
}

const otherSessions = (client) =>
  client.query(
    "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1",
  );

/** A cluster without fsync may not survive a crash of the machine: then it is thrown away, there is nothing of worth in it. */
async function startOrReplace(dataDir) {
  try {
    return await startPostgres({ dataDir, options: TEST_OPTIONS });
  } catch (error) {
    if (!existsSync(dataDir)) throw error;
    removeDataDir(dataDir);
    return startPostgres({ dataDir, options: TEST_OPTIONS });
  }
}

async function watch(root) {
  const stateFile = join(root, 'state.json');
  const postgres = await startOrReplace(join(root, 'data'));
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  await client.connect();
  writeFileSync(`${stateFile}.draft`, JSON.stringify({ adminUrl: postgres.adminUrl, watcher: process.pid }), {
    mode: 0o600,
  });
  renameSync(`${stateFile}.draft`, stateFile);
  const touched = () => (existsSync(stateFile) ? statSync(stateFile).mtimeMs : 0);
  let lastUse = touched();
  while (new Date().getTime() - Math.max(lastUse, touched()) < IDLE_MS) {
    await sleep(2_000);
    if ((await otherSessions(client)).rowCount > 0) lastUse = new Date().getTime();
  }
  rmSync(stateFile, { force: true });
  await client.end();
  await postgres.stop({});
  removeDataDir(join(root, 'data'));
  rmSync(root, { recursive: true, force: true });
}

if (process.argv[1] === self) {
  if (process.argv[2] === '--watch') await watch(process.argv[3]);
  else console.log(JSON.stringify({ adminUrl: await ask() }));
}
