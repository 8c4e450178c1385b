/** `npm run bench -- NAME`: a benchmark of test/bench on a fresh embedded Postgres with fsync on; its last line is its result in JSON. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';
import { removeDataDir, startPostgres } from './embedded-postgres.mjs';
import { StartError } from './lib/start-error.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BENCHES = join(ROOT, 'test', 'bench');
const SUFFIX = '.bench.mjs';

const names = () =>
  readdirSync(BENCHES)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length));

const runBench = (file, args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: ROOT, env, stdio: 'inherit' });
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

async function main([name, ...args]) {
  const file = join(BENCHES, `${name}${SUFFIX}`);
  if (name === undefined || !existsSync(file)) {
    console.error(`Usage: npm run bench -- NAME, with NAME one of: ${names().join(', ')}`);
    return 2;
  }
  await buildIfStale({ log: (line) => console.error(line) });
  // Not the usual temporary directory: that may be in memory, where fsync costs nothing.
  const dataDir = mkdtempSync('/var/tmp/countersign-bench-');
  chmodSync(dataDir, 0o711);
  try {
    const postgres = await startPostgres({ dataDir });
    try {
      const env = { ...process.env, BENCH_DATABASE_URL: postgres.url, BENCH_ADMIN_URL: postgres.adminUrl };
      return await runBench(file, args, env);
    } finally {
      await postgres.stop();
    }
  } finally {
    removeDataDir(dataDir);
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
