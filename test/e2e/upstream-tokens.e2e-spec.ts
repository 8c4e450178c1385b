import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../support/database';

const PROGRAM = resolve(__dirname, '../support/token-process.mjs');
const ACCOUNTS = Array.from({ length: 20 }, () => randomUUID());
const LIFE_SECONDS = 3;
const PATIENCE_MS = 40_000;

interface Report {
  errors: string[];
  used: string[];
  waits: string[];
}

interface Asked {
  name: string;
  account: string;
  token: string;
}

/** An upstream that issues tokens of 3 s and remembers who asked; `hold` keeps the next answer to `name` back for ever. */
class Upstream {
  readonly asked: Asked[] = [];
  held = 0;
  private holding: string | null = null;
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const [name, account] = [form.get('name') ?? '', form.get('account') ?? ''];
      const token = randomBytes(16).toString('hex');
      this.asked.push({ name, account, token });
      if (this.holding === name) {
        this.held++;
        return;
      }
      setTimeout(() => response.end(JSON.stringify({ access_token: token, expires_in: LIFE_SECONDS })), 30);
    });
  });

  hold(name: string): void {
    this.holding = name;
  }

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/token`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

let test: TestDatabase;
const children = new Map<string, ChildProcess>();
const upstream = new Upstream();
let upstreamUrl: string;
const kek = randomBytes(32).toString('base64');

beforeAll(async () => {
  test = await createTestDatabase();
  upstreamUrl = await upstream.start();
}, 120_000);

afterAll(async () => {
  for (const child of children.values()) child.kill('SIGKILL');
  upstream.stop();
  await test?.drop();
});

async function start(name: string): Promise<void> {
  const child = fork(PROGRAM, [], {
    execArgv: [],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      TOKEN_PROCESS: JSON.stringify({ databaseUrl: test.url, kek, upstreamUrl, accounts: ACCOUNTS, name }),
    },
  });
  children.set(name, child);
  await told(child, 'started');
}

function told<T>(child: ChildProcess, type: string): Promise<T> {
  return new Promise((heard, reject) => {
    child.on('message', (message: { type: string }) => message.type === type && heard(message as T));
    child.once('exit', (code) => reject(new Error(`The process ended with ${code}`)));
  });
}

async function stop(name: string): Promise<Report> {
  const child = children.get(name);
  if (!child) throw new Error(`There is no ${name}`);
  const report = told<Report>(child, 'ended');
  child.send('stop');
  return report;
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('It did not come to that');
    await sleep(10);
  }
}

describe('three processes that use the same accounts', () => {
  it('fetch one token per life, also when one is killed in the middle of fetching, and nobody goes without', async () => {
    await Promise.all(['one', 'two', 'three'].map(start));
    await until(() => upstream.asked.length >= 3 * ACCOUNTS.length);

    upstream.hold('one');
    await until(() => upstream.held > 0);
    children.get('one')?.kill('SIGKILL');
    const lost = upstream.held;
    const orphaned = upstream.asked.filter(({ name }) => name === 'one').slice(-lost);
    const since = upstream.asked.length;
    await until(() =>
      orphaned.every(({ account }) => upstream.asked.slice(since).some((asked) => asked.account === account)),
    );
    await until(() => upstream.asked.length >= since + 2 * ACCOUNTS.length);
    const reports = await Promise.all(['two', 'three'].map(stop));

    expect(reports.map(({ errors }) => errors)).toEqual([[], []]);
    // What was fetched was used: nobody fetched beside another. Apart from what the killed one used and lost, and what
    // was fetched last.
    const used = new Set(reports.flatMap((report) => report.used));
    const unused = upstream.asked.filter(({ name, token }) => name !== 'one' && !used.has(token));
    expect(unused.length).toBeLessThanOrEqual(ACCOUNTS.length);
    expect(new Set(upstream.asked.map(({ name }) => name))).toEqual(new Set(['one', 'two', 'three']));
  }, 90_000);
});
