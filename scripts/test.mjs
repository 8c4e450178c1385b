/** `npm test`: every check and every kind of test, one line each; the last line is the count. `npm test -- unit lint` runs some. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { removeDataDir, startPostgres } from './embedded-postgres.mjs';
import { TEST_OPTIONS } from './test-postgres.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Ends what hangs; not what a busy machine does slowly. */
const STEP_TIMEOUT_MS = 40 * 60_000;
const WORKERS = 2;
const check = (script) => ({ name: script, script });
const tests = (project, needs = {}) => ({ name: project, project, ...needs });

/**
 * In the order in which a mistake is found soonest. What stands in one row runs beside each other: it only reads the sources, on one
 * core. What has a row for itself uses all cores, or writes.
 */
const ROWS = [
  [check('format:check'), check('lint')],
  [check('typecheck'), check('deps:check')],
  [check('build')],
  [tests('unit')],
  [tests('conformance')],
  [tests('architecture', { database: true })],
  [tests('integration', { database: true })],
  [tests('contract', { database: true })],
  [tests('e2e', { database: true })],
  [tests('browser', { database: true, chromium: true })],
];
const NAMES = ROWS.flat().map(({ name }) => name);

const scratch = mkdtempSync(join(tmpdir(), 'countersign-tests-'));
const DATABASE_DIR = join(scratch, 'database');
chmodSync(scratch, 0o711); // the database user passes through
const running = new Set();
let database = null;

const end = (child, signal) => {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

/** Runs a command in a process group of its own, so that a time limit or Ctrl-C ends its children too. */
function run(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const limit = setTimeout(() => {
      output += `\nended after ${STEP_TIMEOUT_MS / 60_000} minutes`;
      end(child, 'SIGKILL');
    }, STEP_TIMEOUT_MS);
    child.once('error', (error) => (output += error.message));
    child.once('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ isOk: code === 0, output });
    });
  });
}

async function runCheck({ script }) {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('Run the tests with npm test.');
  const { isOk, output } = await run([npm, 'run', '--silent', script], process.env);
  return { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: 0, output };
}

const jestArgs = (project, outputFile) => [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  ...['--selectProjects', project, '--passWithNoTests', `--maxWorkers=${WORKERS}`],
  ...['--testSequencer', join(ROOT, 'scripts/lib/test-order.mjs')],
  ...['--json', '--outputFile', outputFile],
];

async function environmentFor({ database: needsDatabase, chromium }) {
  if (needsDatabase && process.env.TEST_DATABASE_URL === undefined) {
    database ??= await startPostgres({ dataDir: DATABASE_DIR, options: TEST_OPTIONS });
  }
  return {
    ...process.env,
    ...(database ? { TEST_DATABASE_URL: database.adminUrl } : {}),
    ...(chromium && existsSync(join(ROOT, 'test', 'browser')) ? { CHROMIUM_PATH: findChromium() } : {}),
  };
}

async function runTests(step) {
  const outputFile = join(scratch, `${step.project}.json`);
  const { isOk, output } = await run(jestArgs(step.project, outputFile), await environmentFor(step));
  // Standard output carries the same JSON as the file; people want what Jest tells beside it.
  const told = output
    .split('\n')
    .filter((line) => !line.startsWith('{"num'))
    .join('\n');
  if (!existsSync(outputFile)) return { passed: 0, failed: 1, skipped: 0, output: told };
  const result = JSON.parse(readFileSync(outputFile, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: isOk ? failed : Math.max(failed, 1),
    skipped: result.numPendingTests + result.numTodoTests,
    output: told,
  };
}

async function runStep(step) {
  const startedAt = performance.now();
  let outcome;
  try {
    outcome = await (step.project ? runTests(step) : runCheck(step));
  } catch (error) {
    outcome = { passed: 0, failed: 1, skipped: 0, output: error.stack };
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { passed, failed, skipped, output } = outcome;
  const counts = step.project ? `  ${passed} passed, ${failed} failed, ${skipped} skipped` : '';
  if (failed > 0) console.log(`\n${output.trim()}\n`);
  console.log(`${failed > 0 ? '✗' : '✓'} ${step.name.padEnd(13)}${seconds.padStart(6)} s${counts}`);
  return outcome;
}

async function cleanUp() {
  await database?.stop();
  removeDataDir(DATABASE_DIR);
  rmSync(scratch, { recursive: true, force: true });
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(name, () => {
    for (const child of running) end(child, 'SIGKILL');
    void cleanUp().finally(() => process.exit(130));
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
  rmSync(scratch, { recursive: true, force: true });
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
try {
  for (const row of ROWS) {
    const steps = row.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
    for (const outcome of await Promise.all(steps.map(runStep))) {
      for (const key of Object.keys(total)) total[key] += outcome[key];
    }
  }
} finally {
  await cleanUp();
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
