import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Body } from '../support/api';
import { demoOperator, type ConsoleClient } from '../support/console';
import { Installation, removeDataDir, ROOT, runCli, temporaryDataDir } from '../support/installation';
import { startProduct, type Product } from '../support/product';

jest.setTimeout(240_000);

const FILLED = 'the demo was filled with demo data';

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 150_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error('The demo was not filled in time');
    await sleep(50);
  }
}

describe('a demo that is filled', () => {
  let product: Product;
  let admin: ConsoleClient;

  beforeAll(async () => {
    product = await startProduct({ COUNTERSIGN_DEMO_SEED: 'on' });
    await until(() => product.logs().includes(FILLED));
    admin = await demoOperator(product);
  }, 240_000);

  afterAll(() => product.stop());

  const listed = async (query = ''): Promise<Body[]> => {
    const { status, body } = await admin.get(`sessions${query}`);
    expect(status).toBe(200);
    return body['data'] as unknown as Body[];
  };

  it('has sessions to look at, marked as what they are', async () => {
    const lines = await listed();

    expect(lines.length).toBeGreaterThan(10);
    expect(lines.every((line) => String(line['is_demo']) === 'true')).toBe(true);
    expect(lines.every((line) => String(line['reference']).startsWith('demo-'))).toBe(true);
  });

  it('has figures of the last hour, and the story of every session', async () => {
    const { body } = await admin.get('overview');
    const hours = body['last_hour'] as unknown as Body[];
    expect(Number(hours.find(({ environment }) => String(environment) === 'test')?.['sessions'])).toBeGreaterThan(0);

    const [line] = await listed(`?filter=${encodeURIComponent(JSON.stringify({ status: 'approved' }))}`);
    const story = await admin.get(`sessions/${String(line?.['id'])}`);
    expect(story.status).toBe(200);
    for (const part of ['timeline', 'messages', 'callbacks', 'attempts_made']) {
      expect((story.body[part] as unknown as Body[]).length).toBeGreaterThan(0);
    }
  });

  it('has sessions of every leg, those of our own page too', async () => {
    const { status, body } = await admin.get('reports/durations?traffic=demo');
    const legs = body['legs'] as unknown as { id: string; count: number }[];

    expect(status).toBe(200);
    expect(legs.length).toBeGreaterThan(8);
    expect(legs.filter(({ count }) => count === 0)).toEqual([]);
  });

  it('has issuers, and the sandbox cards have theirs', async () => {
    const { status, body } = await admin.get('reports/split?traffic=demo&by=issuer');
    const rows = body['rows'] as unknown as { value: string | null }[];

    expect(status).toBe(200);
    expect(rows.map(({ value }) => value).sort()).toEqual(['Banque Lumen', 'Harbour Credit', 'Northbank']);
    const [line] = await listed(`?filter=${encodeURIComponent(JSON.stringify({ issuer: { contains: 'lumen' } }))}`);
    expect(line).toMatchObject({ issuer: 'Banque Lumen', issuer_country: 'FR' });
  });

  it('has every row of every split in the list of sessions: of a value, of none, and of all others', async () => {
    const [from, to] = [4, 2].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
    const count = async (filter: object): Promise<number> => {
      const whole = JSON.stringify({ is_demo: true, created_at: { gte: from, lt: to }, ...filter });
      let sessions = 0;
      for (let after: string | null = ''; after !== null;) {
        const query = new URLSearchParams({ filter: whole, limit: '100', fields: 'status', after });
        const { status, body } = await admin.get(`sessions?${query.toString()}`);
        expect([status, body]).toEqual([200, body]);
        sessions += (body['data'] as unknown as Body[]).length;
        after = body['next'] as unknown as string | null;
      }
      return sessions;
    };
    const catalogue = (await admin.get('reports/catalogue')).body;
    const dimensions = catalogue['dimensions'] as unknown as { id: string; filter: string }[];
    const [told, found]: [unknown[], unknown[]] = [[], []];
    for (const { id, filter } of dimensions) {
      const query = new URLSearchParams({ traffic: 'demo', by: id, from: from ?? '', to: to ?? '' });
      const { body } = await admin.get(`reports/split?${query.toString()}`);
      const rows = body['rows'] as unknown as { value: string | null; counts: { sessions: number } }[];
      const shown = rows.slice(0, 2);
      const values = shown.flatMap(({ value }) => (value === null ? [] : [value]));
      for (const { value, counts } of shown) {
        told.push([id, value, counts.sessions]);
        found.push([id, value, await count({ [filter]: value === null ? { known: false } : [value] })]);
      }
      if (values.length === 0) continue;
      // As if a table had two rows, and the rest of its values were all others.
      told.push([id, 'all others', rows.slice(2).reduce((sum, { counts }) => sum + counts.sessions, 0)]);
      const isUnknownShown = values.length < shown.length;
      const rest = { not_in: values, ...(isUnknownShown ? { known: true } : {}) };
      found.push([id, 'all others', await count({ [filter]: rest })]);
    }

    expect(dimensions.length).toBeGreaterThan(25);
    expect(found).toEqual(told);
    // Of each kind there are some, or this would show nothing.
    const some = (of: unknown): boolean => told.some((row) => Array.isArray(row) && row[1] === of && row[2] > 0);
    expect([some(null), some('all others')]).toEqual([true, true]);
  });

  it('lets nobody drive on what never was', async () => {
    const [line] = await listed(`?filter=${encodeURIComponent(JSON.stringify({ status: 'declined' }))}`);
    const { body } = await admin.get(`sessions/${String(line?.['id'])}`);
    const acts = body['acts'] as unknown as Record<string, { allowed: boolean }>;

    expect(acts['re_sync']?.allowed).toBe(false);
    expect(acts['expire']?.allowed).toBe(false);
  });

  it('a second start adds nothing', async () => {
    const before = await listed();
    await product.restart({});
    await sleep(1_000);
    admin = await demoOperator(product);

    expect(await listed()).toEqual(before);
    expect(product.logs().split(FILLED)).toHaveLength(2);
  });
});

describe('npm start', () => {
  const directories: string[] = [];
  let running: Installation | null = null;

  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'pipe' });
  });
  afterEach(() => running?.end());
  afterAll(() => directories.forEach(removeDataDir));

  const start = async (...options: string[]): Promise<string> => {
    const dataDir = temporaryDataDir();
    directories.push(dataDir);
    running = new Installation(dataDir, {
      env: { COUNTERSIGN_DEMO_SEED: '' },
      command: [process.execPath, 'scripts/start.mjs', ...options],
    });
    await running.ready();
    return dataDir;
  };

  it('fills the demo when nothing else is said', async () => {
    const dataDir = await start();
    await until(() => readFileSync(join(dataDir, 'logs/server.log'), 'utf8').includes(FILLED));

    expect(runCli(dataDir, 'merchant', 'list').stdout).toContain('Demo: Alpine Outfitters');
  });

  it('leaves it empty with --no-seed', async () => {
    const dataDir = await start('--no-seed');

    expect(runCli(dataDir, 'merchant', 'list').stdout).not.toContain('Demo: ');
  });

  it('says what it does not understand', async () => {
    const dataDir = temporaryDataDir();
    directories.push(dataDir);
    running = new Installation(dataDir, { command: [process.execPath, 'scripts/start.mjs', '--seed'] });

    expect(await running.exit()).toMatchObject({ code: 1 });
    expect(running.output).toContain('Unknown option --seed');
    running = null;
  });
});
