import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a demo merchant's backend needs. */
export interface DemoCredentials {
  name: string;
  connector: string;
  clientId: string;
  clientSecret: string;
  processingChannelId: string;
  webhookSecret: string;
  /** For its pages. */
  publicKey: string;
}

/** How to get into the console. */
export interface DemoConsole {
  consoleUrl: string;
  consoleEmail: string;
  consolePassword: string;
}

/** `demo.json`: the addresses and the credentials of the demo; flat for the first merchant. Later versions only append. */
export interface DemoFile extends DemoConsole {
  version: 1;
  apiUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  processingChannelId: string;
  simulatorUrl: string;
  publicKey: string;
  merchants: DemoCredentials[];
}

/** What an earlier version's file has as well: the others are found again. */
const FIELDS = ['name', 'connector', 'clientId', 'clientSecret', 'processingChannelId', 'webhookSecret'] as const;

export type KnownCredentials = Pick<DemoCredentials, (typeof FIELDS)[number]>;

/** Where the demo's credentials are, under the data directory. */
export function demoFilePath(dataDir: string): string {
  return join(dataDir, 'demo.json');
}

/** What an earlier start handed out. */
export interface EarlierDemo {
  merchants: KnownCredentials[];
  console: Pick<DemoConsole, 'consolePassword'> | null;
}

/** The credentials of an earlier start, whichever version made it; none where the file is missing or not readable as one. */
export async function readEarlierDemo(dataDir: string): Promise<EarlierDemo> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(demoFilePath(dataDir), 'utf8'));
  } catch (error) {
    // A file that is not there or not JSON holds no credentials: new ones are made.
    const isMissing = error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing) return { merchants: [], console: null };
    throw error;
  }
  const { merchants, consolePassword } = (value ?? {}) as { merchants?: unknown; consolePassword?: unknown };
  return {
    merchants: Array.isArray(merchants) ? merchants.filter(isCredentials) : [],
    console: typeof consolePassword === 'string' ? { consolePassword } : null,
  };
}

/** Writes the file whole or not at all, readable by its owner only. */
export async function writeDemoFile(dataDir: string, file: DemoFile): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${demoFilePath(dataDir)}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(draft, demoFilePath(dataDir));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function isCredentials(value: unknown): value is KnownCredentials {
  return (
    typeof value === 'object' &&
    value !== null &&
    FIELDS.every((name) => typeof (value as Record<string, unknown>)[name] === 'string')
  );
}
