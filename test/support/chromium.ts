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

/**
 * What hangs below the address bar, where there is one: two pages of the browser's own, which it makes ready for every window
 * that is opened. Nobody types addresses here, and they are half of the work of opening a window.
 */
const BELOW_THE_ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** What Playwright switches off. Chromium takes the last such list, so that one of ours has to name it again. */
const OFF_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/** How a browser is started. */
interface BrowserOptions {
  /** Switches beside ours. */
  readonly switches?: readonly string[];
  /** The features that are off, in place of those that Playwright switches off. */
  readonly off?: readonly string[];
}

/** A running headless browser; the caller closes it. Without its sandbox, which root and containers cannot have. */
export async function launchBrowser({ switches = [], off = OFF_BY_PLAYWRIGHT }: BrowserOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--force-color-profile=srgb'],
      `--disable-features=${[...off, ...BELOW_THE_ADDRESS_BAR].join(',')}`,
      ...switches,
    ],
  });
}
