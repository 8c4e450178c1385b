/** A whole installation as `npm start` makes it, in a data directory of its own, for tests that go the way a user goes. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The project's own directory. */
export const ROOT = resolve(__dirname, '../..');
const READY = 'Countersign is ready';
const READY_TIMEOUT_MS = 45_000;
const EXIT_TIMEOUT_MS = 45_000;

/** What `demo.json` tells; the tests need no more of it. */
export interface Demo {
  version: number;
  apiUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  processingChannelId: string;
  simulatorUrl: string;
  merchants: unknown[];
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A directory that also the database's operating system user may pass through. */
export function temporaryDataDir(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-start-')));
  chmodSync(directory, 0o711);
  return directory;
}

/** Removes a data directory, and the database that had to live elsewhere. */
export function removeDataDir(dataDir: string): void {
  const record = join(dataDir, 'postgres.json');
  if (existsSync(record)) {
    const { home } = JSON.parse(readFileSync(record, 'utf8')) as { home: string };
    if (isAbsolute(home)) rmSync(home, { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
};

const commandLine = (pid: string): string => {
  try {
    return `${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')} ${readlinkSync(`/proc/${pid}/cwd`)}`;
  } catch {
    return ''; // ended in between
  }
};

/** The environment of a user who has set the data directory and wants the demo empty; all ports are free ones. */
export const userEnvironment = (dataDir: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  PORT: '0',
  SIMULATOR_PORT: '0',
  COUNTERSIGN_DATA_DIR: dataDir,
  // Tests count sessions; one that wants a filled demo says so.
  COUNTERSIGN_DEMO_SEED: 'off',
  ...extra,
});

/** One run of `npm start`. */
export class Installation {
  readonly #child: ChildProcess;
  readonly exited: Promise<Exit>;
  output = '';

  constructor(
    readonly dataDir: string,
    options: { env?: NodeJS.ProcessEnv; uid?: number; command?: [string, ...string[]] } = {},
  ) {
    const [command, ...args] = options.command ?? [process.execPath, 'scripts/start.mjs'];
    const user = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
    this.#child = spawn(command, args, {
      cwd: ROOT,
      env: userEnvironment(dataDir, options.env),
      detached: true,
      ...user,
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exited = new Promise((settle) => this.#child.once('exit', (code, signal) => settle({ code, signal })));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Rejects with all that was said when the installation ends before it is ready, or takes too long. */
  async ready(): Promise<this> {
    const end = performance.now() + READY_TIMEOUT_MS;
    while (!this.output.includes('Ctrl-C stops everything')) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null || performance.now() > end) {
        throw new Error(`not ready: ${this.output}`);
      }
      await sleep(25);
    }
    return this;
  }

  /** An address of the printed summary, by its name. */
  address(name: 'API' | 'Demo shop' | 'Health'): string {
    return new RegExp(`^ {2}${name} +(\\S+)$`, 'm').exec(this.output)?.[1] ?? '';
  }

  get secondsToReady(): number {
    return Number(new RegExp(`${READY} \\(([\\d.]+) s\\)`).exec(this.output)?.[1]);
  }

  get demo(): Demo {
    return JSON.parse(readFileSync(join(this.dataDir, 'demo.json'), 'utf8')) as Demo;
  }

  /** The supervisor, its programs, the database with its backends: every process that is at work for this data directory. */
  processes(): { supervisor: number; programs: number[]; postmaster: number; all: number[] } {
    const programs = JSON.parse(readFileSync(join(this.dataDir, 'run.json'), 'utf8')) as { pid: number }[];
    const { home } = JSON.parse(readFileSync(join(this.dataDir, 'postgres.json'), 'utf8')) as { home: string };
    const cluster = resolve(this.dataDir, home, 'cluster');
    const postmaster = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const backends = existsSync('/proc')
      ? readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandLine(name).includes(cluster))
      : [];
    const pids = programs.map(({ pid }) => pid);
    return {
      supervisor: this.pid,
      programs: pids,
      postmaster,
      all: [...new Set([this.pid, ...pids, postmaster, ...backends.map(Number)])],
    };
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.#child.kill(signal);
    return this.exit();
  }

  async exit(): Promise<Exit> {
    const late = sleep(EXIT_TIMEOUT_MS, null, { ref: false });
    const exit = await Promise.race([this.exited, late]);
    if (exit === null) throw new Error(`still running: ${this.output}`);
    return exit;
  }
}

/** Those of `pids` that still run after `patienceMs`; none, one hopes. */
export async function survivors(pids: readonly number[], patienceMs = 0): Promise<number[]> {
  const end = performance.now() + patienceMs;
  while (pids.some(isAlive) && performance.now() < end) await sleep(25);
  return pids.filter(isAlive);
}

/** Ends processes without asking. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}

/** Runs the command line program as a user would, and waits for it. */
export const runCli = (dataDir: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ['scripts/cli.mjs', ...args], {
    cwd: ROOT,
    env: userEnvironment(dataDir),
    encoding: 'utf8',
    timeout: 60_000,
  });
