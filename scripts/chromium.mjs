/** Finds a Chromium for the browser tests, installing one when there is none. Run by itself it prints the path. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const INSTALL_TIMEOUT_MS = 300_000;
// Printed by a process of its own, because unpacking is asynchronous and our callers are not.
const FROM_NPM = "import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath());";

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onThisSystem = () => {
  const directories = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin');
  return [...NAMES.flatMap((name) => directories.map((directory) => join(directory, name))), ...ELSEWHERE].find(
    isExecutable,
  );
};

const apt = (...args) =>
  spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: 'ignore',
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** Debian's own, with all libraries that it needs; only root may install. */
const fromDebian = () => {
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return undefined;
  apt('update');
  return apt('install', '--yes', '--no-install-recommends', 'chromium') ? onThisSystem() : undefined;
};

const fromNpm = () => {
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', FROM_NPM], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
  });
  return status === 0 && isExecutable(stdout) ? stdout : undefined;
};

/** The path of a Chromium: CHROMIUM_PATH, the system's, Debian's, npm's. Throws when all fail. */
export function findChromium() {
  const path = process.env.CHROMIUM_PATH || onThisSystem() || fromDebian() || fromNpm();
  if (!path) throw new Error('No Chromium found. Install one, or set CHROMIUM_PATH.');
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${findChromium()}\n`);
