/** A browser for the browser tests: whichever Chromium this machine has or can get. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const SCRIPT = resolve(__dirname, '../../scripts/chromium.mjs');

/** The path of a Chromium; installs one when there is none, which may take minutes. Rejects when it cannot. */
export async function chromiumPath(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { timeout: 600_000 });
  return stdout.trim();
}

/** A running headless browser, with `more` switches; the caller closes it. Without its sandbox, which root and containers cannot have. */
export async function launchBrowser(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--force-color-profile=srgb', ...more],
  });
}
