/** Builds server, simulator, the browser's scripts and the console, each when a source of it has changed since the last build (`npm run build`; `-- --force` always builds). */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForLock } from './lib/file-lock.mjs';
import { StartError } from './lib/start-error.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const BUILD_TIMEOUT_MS = 300_000;
const SOURCES = ['apps/hosted/src', 'apps/server', 'apps/simulator', 'libs', 'migrations'];
const SETTINGS = [
  'apps/hosted/package.json',
  'apps/hosted/tsconfig.app.json',
  'apps/hosted/tsconfig.json',
  'nest-cli.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/hosted.mjs',
  'scripts/openapi.mjs',
  'scripts/lib/validation-schema.mjs',
];
const CONSOLE_SOURCES = ['apps/admin/src'];
const CONSOLE_SETTINGS = ['apps/admin/index.html', 'package-lock.json', 'scripts/admin.mjs'];
const MAIN = (app) => join(DIST, 'apps', app, 'apps', app, 'src', 'main.js');

/** What a build makes of each app: the file to run. */
export const ENTRY = {
  server: MAIN('server'),
  cli: join(DIST, 'apps', 'server', 'apps', 'server', 'src', 'cli.js'),
  simulator: MAIN('simulator'),
};
const APPS = ['server', 'simulator'];

/** What the build makes of the compiled server: the descriptions of its APIs, and the page of one. */
export const API_DESCRIPTION = ['openapi.json', 'openapi.html', 'admin-openapi.json'].map((name) =>
  join(DIST, 'apps', 'server', 'apps', 'server', 'src', 'openapi', name),
);

/** What the build makes of the cardholder's browser code, ready to be sent. */
export const BROWSER_FILES = ['countersign.js', 'countersign.mjs', 'page.js', 'page.css'].flatMap((name) =>
  ['', '.gz', '.br'].map((suffix) => join(DIST, 'apps', 'hosted', 'js', name + suffix)),
);

/** The console's page; what belongs to it lies beside. */
const CONSOLE = join(DIST, 'apps', 'admin', 'index.html');

const filesUnder = (directory) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const isSource = (file) =>
  /\.(tsx?|json|css|svg)$/.test(file) && !/\.spec\.ts$/.test(file) && !/[\\/]public[\\/]/.test(file);

/** By content, not by time: a checkout changes the times of files that stay the same. */
function hashOf({ sources, settings }) {
  const files = sources.flatMap((directory) => filesUnder(join(ROOT, directory))).filter(isSource);
  const hash = createHash('sha256');
  for (const file of [...files, ...settings.map((name) => join(ROOT, name))].sort()) {
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const isFresh = ({ stamp, outputs }, hash) =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((file) => existsSync(file));

/** The compiler leaves the output of deleted sources behind; an old migration must not run. */
function removeOrphans(app) {
  const output = join(DIST, 'apps', app);
  for (const file of filesUnder(output)) {
    const source = join(ROOT, relative(output, file)).replace(/\.js(\.map)?$/, '.ts');
    if (/\.(js|js\.map|json)$/.test(file) && !existsSync(source)) rmSync(file);
  }
}

const runStep = (what, args, signal) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new StartError(`The build of ${what} failed.\n${output.trim()}`)),
    );
  });

function nestBuild(app, signal) {
  // Without its output the compiler's own memory of what is up to date is wrong.
  if (!existsSync(ENTRY[app])) rmSync(join(DIST, 'apps', app, '.tsbuildinfo'), { force: true });
  return runStep(app, [join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', app], signal);
}

const buildHosted = (signal) => runStep("the browser's scripts", [join(ROOT, 'scripts/hosted.mjs')], signal);

const buildConsole = (signal) => runStep('the console', [join(ROOT, 'scripts/admin.mjs')], signal);

/** In a process of its own: it loads what it describes, and whoever builds may go on to run for weeks. */
const describeApi = (signal) => runStep("the API's description", [join(ROOT, 'scripts/openapi.mjs')], signal);

async function buildPrograms(signal) {
  await allOf([...APPS.map((app) => nestBuild(app, signal)), buildHosted(signal)]);
  APPS.forEach(removeOrphans);
  await describeApi(signal);
}

/** Waits for all, also where one fails: none may go on behind the back of who starts the next build. */
async function allOf(steps) {
  const failed = (await Promise.allSettled(steps)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** What is built by itself: its sources, what comes out of them, and where it is noted from which sources it came. */
const PARTS = [
  {
    name: 'server, simulator and browser scripts',
    sources: SOURCES,
    settings: SETTINGS,
    outputs: [...APPS.map((app) => ENTRY[app]), ...API_DESCRIPTION, ...BROWSER_FILES],
    stamp: join(DIST, '.stamp'),
    build: buildPrograms,
  },
  {
    name: 'console',
    sources: CONSOLE_SOURCES,
    settings: CONSOLE_SETTINGS,
    outputs: [CONSOLE],
    stamp: join(DIST, '.stamp-console'),
    build: buildConsole,
  },
];

async function buildPart({ part, hash }, signal) {
  rmSync(part.stamp, { force: true });
  await part.build(signal);
  writeFileSync(part.stamp, hash);
}

/** What has to be built, with the hash of what it will be built from. */
const staleParts = (force) =>
  PARTS.map((part) => ({ part, hash: hashOf(part) })).filter(({ part, hash }) => force || !isFresh(part, hash));

/**
 * Brings `dist/` up to date. Of several callers at once one builds and the others wait for it.
 * In: `log`, told when there is something to build; `signal`, to give up. Out: true when something was built.
 * Throws an Error with the compiler's words when a source does not compile.
 */
export async function buildIfStale({ log = () => undefined, signal, force = false } = {}) {
  if (staleParts(force).length === 0) return false;
  mkdirSync(DIST, { recursive: true });
  const lock = await waitForLock(join(DIST, '.lock'), 'build', BUILD_TIMEOUT_MS);
  if (!lock.release) throw new StartError(`A build (pid ${lock.holder.pid}) is under way and does not end.`);
  try {
    const stale = staleParts(force);
    if (stale.length === 0) return false;
    log(`building ${stale.map(({ part }) => part.name).join(', ')}`);
    await allOf(stale.map((one) => buildPart(one, signal)));
    return true;
  } finally {
    lock.release();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const built = await buildIfStale({ log: console.log, force: process.argv.includes('--force') });
    console.log(built ? 'built' : 'nothing to build: dist/ is up to date');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
