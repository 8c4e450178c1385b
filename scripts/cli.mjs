/** `npm run cli -- …`: the command line program on the local installation; its database is started for the time of the command. */
import { spawn } from 'node:child_process';
import { buildIfStale, ENTRY } from './build.mjs';
import { answers, applicationUrl, readRecord, startPostgres } from './embedded-postgres.mjs';
import { tryLock } from './lib/file-lock.mjs';
import { openInstallation, serverEnvironment } from './lib/installation.mjs';
import { until } from './lib/processes.mjs';
import { StartError } from './lib/start-error.mjs';

const PATIENCE_MS = 60_000;
const nothingToStop = async () => undefined;

const runningUrl = async (dataDir) => {
  const record = readRecord(dataDir);
  return record !== null && (await answers(applicationUrl(record))) ? applicationUrl(record) : null;
};

/** The database of a running installation, else our own for the time of the command: `{url, stop}`. */
async function findDatabase({ databaseUrl, dataDir, lockFile }) {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: nothingToStop };
  let found = null;
  let holder = null;
  await until(
    async () => {
      const lock = tryLock(lockFile, 'cli');
      if (lock.release) {
        process.on('exit', lock.release);
        const postgres = await startPostgres({ dataDir, log: (line) => console.error(line) });
        found = { url: postgres.url, stop: () => postgres.stop() };
        return true;
      }
      holder = lock.holder;
      // Another command stops its database when it is done; only that of `npm start` stays.
      const url = holder.purpose === 'start' ? await runningUrl(dataDir) : null;
      found = url === null ? null : { url, stop: nothingToStop };
      return found !== null;
    },
    PATIENCE_MS,
    100,
  );
  if (found === null)
    throw new StartError(
      `Another process (pid ${holder.pid}) is at work on ${dataDir} and its database does not answer.`,
    );
  return found;
}

function runCli(env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY.cli, ...process.argv.slice(2)], { env, stdio: 'inherit' });
    // The terminal sends Ctrl-C to the child as well: it ends, then we do.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

try {
  const installation = openInstallation(process.env);
  // Standard output belongs to the command.
  await buildIfStale({ log: (line) => console.error(line) });
  const database = await findDatabase(installation);
  try {
    process.exitCode = await runCli(serverEnvironment(process.env, installation, database.url));
  } finally {
    await database.stop();
  }
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
