/** Where the tests' Postgres is: the one given in TEST_DATABASE_URL, else one that the checkout's test runs share. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = resolve(__dirname, '../../scripts/test-postgres.mjs');
let known: Promise<string> | undefined;

async function askForOne(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { timeout: 90_000 });
  return (JSON.parse(stdout) as { adminUrl: string }).adminUrl;
}

/** The superuser's connection string of a running Postgres; starts one when none was given. Rejects when it cannot. */
export async function adminUrl(): Promise<string> {
  known ??= process.env.TEST_DATABASE_URL ? Promise.resolve(process.env.TEST_DATABASE_URL) : askForOne();
  return known;
}
