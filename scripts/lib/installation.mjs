/** The installation on this machine: its data directory, who is at work in it, its key, the environment of its programs. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDataDir } from './postgres-home.mjs';
import { StartError } from './start-error.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const given = (env, name) => (env[name] === '' ? undefined : env[name]);

/**
 * What the environment and the command line's options say about the installation: `{dataDir, isDemo, seed, databaseUrl,
 * lockFile}`; creates the data directory.
 */
export function openInstallation(env, options = []) {
  const named = given(env, 'COUNTERSIGN_DATA_DIR');
  const dataDir = named === undefined ? join(ROOT, '.countersign') : resolve(named);
  try {
    makeDataDir(dataDir);
  } catch (error) {
    throw new StartError(`The data directory ${dataDir} cannot be created (${error.code}); set COUNTERSIGN_DATA_DIR.`, {
      cause: error,
    });
  }
  return {
    dataDir,
    isDemo: given(env, 'COUNTERSIGN_DEMO') !== '0',
    seed: options.includes('--no-seed') ? 'off' : (given(env, 'COUNTERSIGN_DEMO_SEED') ?? 'on'),
    databaseUrl: given(env, 'DATABASE_URL'),
    lockFile: join(dataDir, 'lock'),
  };
}

/** A demo needs no key management: one is made once and stays. `link`, so that two at once agree on one. */
function demoKeyFile(dataDir) {
  const file = join(dataDir, 'kek');
  if (existsSync(file)) return file;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return file;
}

/** The environment of the server and the CLI on this installation, on the database at `databaseUrl`. */
export function serverEnvironment(env, { dataDir, isDemo, seed }, databaseUrl) {
  const hasKey = given(env, 'COUNTERSIGN_KEK') !== undefined || given(env, 'COUNTERSIGN_KEK_FILE') !== undefined;
  return {
    ...env,
    DATABASE_URL: databaseUrl,
    COUNTERSIGN_DATA_DIR: dataDir,
    COUNTERSIGN_DEMO: isDemo ? '1' : '0',
    ...(isDemo ? { COUNTERSIGN_DEMO_SEED: seed } : {}),
    ...(isDemo && !hasKey ? { COUNTERSIGN_KEK_FILE: demoKeyFile(dataDir) } : {}),
  };
}
