/**
 * The embedded Postgres: a cluster in the data directory, run as our own detached process so that it outlives Ctrl-C until we
 * stop it last. What an earlier run left behind is found again: reused when it answers, ended when it does not.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { as, makeDataDir, settleHome } from './lib/postgres-home.mjs';
import { StartError } from './lib/start-error.mjs';
import { commandLine, freePort, isAlive, isPortFree, processesIn, signal, sleep, until } from './lib/processes.mjs';

const SUPERUSER = 'postgres';
const APPLICATION = 'countersign';
const MAX_LOG_BYTES = 10 * 1024 * 1024;
const START_TIMEOUT_MS = 120_000;
const SILENCE_MS = 4_000;
const CANNOT_CONNECT_NOW = '57P03';
const STOP_STEPS = [
  ['SIGINT', 20_000], // "fast": sessions are ended, a checkpoint is written
  ['SIGQUIT', 5_000], // "immediate": recovery at the next start
  ['SIGKILL', 5_000],
];

const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);

const writeSecretJson = (path, value) => {
  writeFileSync(`${path}.draft`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.draft`, path);
};

const urlOf = (user, password, port, database) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;

/** What is recorded about the database of a data directory, or null: `{home, port, superuserPassword, password}`. */
export const readRecord = (dataDir) => readJson(join(resolve(dataDir), 'postgres.json'));

/** The application's connection string according to the record of the data directory. */
export const applicationUrl = (record) => urlOf(APPLICATION, record.password, record.port, APPLICATION);

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined); // a server that goes away is noticed by the query that fails
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** True when a Postgres answers at this address with these credentials. */
export const answers = (url) =>
  withClient(url, async (client) => (await client.query('SELECT 1')).rowCount === 1).catch(() => false);

/** What a running postmaster says: 'serving' this cluster, 'busy' (it starts, recovers or stops), or nothing: 'silent'. */
const probe = (url, cluster) =>
  withClient(url, async (client) => {
    const { rows } = await client.query('SHOW data_directory');
    return rows[0].data_directory === cluster ? 'serving' : 'silent';
  }).catch((error) => (error.code === CANNOT_CONNECT_NOW ? 'busy' : 'silent'));

const exec = (command, args, options) => {
  const { status, error, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new StartError(`${command} failed (${status}): ${stderr.trim()}`);
};

/** `initdb` into a draft and a rename: a start that was interrupted half way leaves no half a cluster. */
function createCluster({ home, native, user }, cluster, superuserPassword) {
  const draft = `${cluster}.draft`;
  const passwordFile = join(home, 'superuser-password.draft');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  try {
    if (user !== null) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
    exec(
      join(native, 'bin', 'initdb'),
      [
        '-D',
        draft,
        '-U',
        SUPERUSER,
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ]
        // The built-in C.UTF-8 sorts the same on every machine, whatever its own locales are.
        .concat(['--locale-provider=builtin', '--builtin-locale=C.UTF-8']),
      { ...as(user), cwd: draft, env: { PATH: process.env.PATH, TZ: 'UTC' } },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster);
}

/** The record of the passwords was lost but the data was not: single-user mode asks for none. */
function resetPasswords({ native, user }, cluster, record) {
  const alter = (role, password) =>
    `DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN ALTER ROLE ${role} PASSWORD '${password}'; END IF; END $$\n`;
  exec(join(native, 'bin', 'postgres'), ['--single', '-D', cluster, 'postgres'], {
    ...as(user),
    cwd: cluster,
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    input: alter(SUPERUSER, record.superuserPassword) + alter(APPLICATION, record.password),
  });
}

async function stopPostmaster(pid, steps = STOP_STEPS) {
  for (const [name, timeoutMs] of steps) {
    if (!signal(pid, name) || (await until(() => !isAlive(pid), timeoutMs))) return;
  }
  throw new StartError(`Postgres (pid ${pid}) could not be stopped.`);
}

/** Waits while it is busy (recovery may take its time), but not for one that says nothing. */
async function comesToServe(pid, url, cluster) {
  let heardAt = performance.now();
  let state;
  await until(
    async () => {
      state = await probe(url, cluster);
      if (state === 'busy') heardAt = performance.now();
      return state === 'serving' || !isAlive(pid) || performance.now() - heardAt > SILENCE_MS;
    },
    START_TIMEOUT_MS,
    100,
  );
  return state === 'serving' && isAlive(pid);
}

/** The postmaster of an earlier run: reused when it answers, else ended; leftovers of a killed one are cleared. */
async function findRunning(cluster, record) {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const [pidLine, , , portLine] = readFileSync(pidFile, 'utf8').split('\n');
  const [pid, port] = [Number(pidLine), Number(portLine)];
  if (pid > 0 && isAlive(pid) && commandLine(pid).includes(cluster)) {
    if (await comesToServe(pid, urlOf(SUPERUSER, record.superuserPassword, port, 'postgres'), cluster))
      return { pid, port };
    // It does not hear a polite request either; recovery mends what this leaves.
    await stopPostmaster(pid, STOP_STEPS.slice(1));
  }
  // Backends of a killed postmaster end by themselves within moments; a second one beside them would spoil the data.
  if (!(await until(() => processesIn(cluster).length === 0, 10_000))) {
    throw new StartError(
      `Processes of an earlier database are still at work in ${cluster}: ${processesIn(cluster).join(', ')}.`,
    );
  }
  // Postgres would take any living process with the recorded pid for its predecessor.
  rmSync(pidFile, { force: true });
  return null;
}

async function waitUntilReady(child, url, logFile, logStart) {
  const end = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new StartError(
        `Postgres did not start: ${readFileSync(logFile, 'utf8').slice(logStart).trim() || 'it said nothing'}`,
      );
    }
    if (await answers(url)) return;
    await sleep(30);
  }
  await stopPostmaster(child.pid);
  throw new StartError(`Postgres was not ready within ${START_TIMEOUT_MS / 1000} s; see ${logFile}.`);
}

async function launch({ home, native, user }, cluster, record, { port, options }) {
  const logFile = join(home, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > MAX_LOG_BYTES) truncateSync(logFile);
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options,
  };
  const log = openSync(logFile, 'a', 0o600);
  const logStart = statSync(logFile).size;
  const child = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...as(user),
      cwd: cluster,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH, TZ: 'UTC' },
    },
  );
  closeSync(log);
  await new Promise((started, failed) => child.once('spawn', started).once('error', failed));
  child.unref();
  await waitUntilReady(child, urlOf(SUPERUSER, record.superuserPassword, port, 'postgres'), logFile, logStart);
  return { pid: child.pid, port };
}

/** Between choosing a free port and listening on it somebody else may take it: then another is tried. */
async function launchOnFreePort(place, cluster, record, { port, options }) {
  for (let tries = 1; ; tries += 1) {
    const wanted =
      port ??
      (tries === 1 && record.port && (await isPortFree(record.port, '127.0.0.1')) ? record.port : await freePort());
    try {
      return await launch(place, cluster, record, { port: wanted, options });
    } catch (error) {
      if (tries === 3 || port !== undefined || !/could not bind|Address already in use/.test(error.message))
        throw error;
    }
  }
}

/** The role and database of the application; the superuser is for setting up only. CREATEROLE: migrations make reader roles. */
const ensureApplication = (adminUrl, password) =>
  withClient(adminUrl, async (client) => {
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION]);
    if (role.rowCount === 0) await client.query(`CREATE ROLE ${APPLICATION} LOGIN CREATEROLE PASSWORD '${password}'`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [APPLICATION]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${APPLICATION} OWNER ${APPLICATION}`);
  });

/**
 * Starts (or finds) the Postgres of a data directory, on 127.0.0.1 only.
 * In: `dataDir`; `port` to insist on one (else the recorded or a free one); `options`, Postgres settings by name; `log`, told in one line what happens.
 * Out: `{url, adminUrl, port, pid, reused, stop({immediate})}`; `url` is the application's, `adminUrl` the superuser's.
 * Throws an Error with Postgres' own words when it cannot start. One caller per data directory at a time.
 */
export async function startPostgres({ dataDir, port, options = {}, log = () => undefined }) {
  makeDataDir(dataDir);
  const root = realpathSync(dataDir);
  const recordFile = join(root, 'postgres.json');
  const known = readJson(recordFile);
  const place = settleHome(root, known?.home);
  const cluster = join(place.home, 'cluster');
  const record = {
    version: 1,
    home: place.recorded,
    port: known?.port ?? 0,
    superuserPassword: known?.superuserPassword ?? randomBytes(24).toString('hex'),
    password: known?.password ?? randomBytes(24).toString('hex'),
  };
  writeSecretJson(recordFile, record);
  const isNew = !existsSync(cluster);
  if (isNew) {
    log(`creating a database in ${cluster}`);
    createCluster(place, cluster, record.superuserPassword);
  }
  const found = await findRunning(cluster, record);
  if (known === null && !isNew) resetPasswords(place, cluster, record);
  const running = found ?? (await launchOnFreePort(place, cluster, record, { port, options }));
  if (found) log(`using the database that an earlier run left running (pid ${found.pid})`);
  const adminUrl = urlOf(SUPERUSER, record.superuserPassword, running.port, 'postgres');
  await ensureApplication(adminUrl, record.password);
  const settled = { ...record, port: running.port };
  writeSecretJson(recordFile, settled);
  const stop = async ({ immediate = false } = {}) => {
    if (immediate) signal(running.pid, 'SIGQUIT');
    else await stopPostmaster(running.pid);
  };
  return { url: applicationUrl(settled), adminUrl, port: running.port, pid: running.pid, reused: found !== null, stop };
}

/** Removes a data directory with its database, wherever that lives; the database must have been stopped. */
export function removeDataDir(dataDir) {
  const record = existsSync(dataDir) ? readRecord(realpathSync(dataDir)) : null;
  if (record !== null) rmSync(resolve(realpathSync(dataDir), record.home), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
