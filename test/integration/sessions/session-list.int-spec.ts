import { encodeId, newUuidV7 } from '@app/kernel';
import { loadConfig } from '@app/platform';
import { randomBytes } from 'node:crypto';
import { runCli } from '../../../apps/server/src/cli/run-cli';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { House } from './house';

interface Line {
  id: string;
  [name: string]: unknown;
}

let test: TestDatabase;
let house: House;
let ours: Session[];

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  const neighbour = newUuidV7(house.clock.now());
  await house.database.query(
    `INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, 'Next door', 'active', now(), now())`,
    [neighbour],
  );
  await house.vault.warm(neighbour);
  ours = [];
  for (let number = 1; number <= 5; number++) {
    house.clock.advance(1000);
    ours.push(await house.insert(house.aSession({ reference: `ORD-${number}`, amountMinor: number * 100 })));
    await house.insert(house.aSession({ merchantId: neighbour, reference: 'not ours' }));
  }
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

async function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const outcome = { code: 0, out: '', err: '' };
  outcome.code = await runCli(args, {
    out: (text) => (outcome.out += text),
    err: (text) => (outcome.err += text),
    config: () => loadConfig({ DATABASE_URL: test.url, COUNTERSIGN_KEK: randomBytes(32).toString('base64') }),
  });
  return outcome;
}

async function list(...args: string[]): Promise<Line[]> {
  const { code, out, err } = await cli('session', 'list', ...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Line[];
}

const merchant = (): string => encodeId('merchant', house.merchantId);

describe('session list', () => {
  it('shows the sessions of one merchant, the newest first', async () => {
    const lines = await list('--merchant', merchant());

    expect(lines.map(({ reference }) => reference)).toEqual(['ORD-5', 'ORD-4', 'ORD-3', 'ORD-2', 'ORD-1']);
    expect(lines[0]).toEqual({
      id: encodeId('session', ours[4]?.id ?? ''),
      environment: 'test',
      status: 'pending',
      scheme: 'visa',
      amount: 500,
      currency: ours[4]?.currency,
      reference: 'ORD-5',
      createdAt: ours[4]?.createdAt.toISOString(),
    });
  });

  it('goes on after the last one of the page before, until there are none', async () => {
    const pages: Line[][] = [];
    for (let after: string[] = []; pages.at(-1)?.length !== 0; after = ['--after', pages.at(-1)?.at(-1)?.id ?? '']) {
      pages.push(await list('--merchant', merchant(), '--limit', '2', ...after));
    }

    expect(pages.map((page) => page.map(({ reference }) => reference))).toEqual([
      ['ORD-5', 'ORD-4'],
      ['ORD-3', 'ORD-2'],
      ['ORD-1'],
      [],
    ]);
  });

  it('tells a merchant that does not exist and a page that is none', async () => {
    const nobody = await cli('session', 'list', '--merchant', encodeId('merchant', newUuidV7(new Date())), '--json');
    const none = await cli('session', 'list', '--merchant', merchant(), '--limit', '0', '--json');

    expect(JSON.parse(nobody.err)).toMatchObject({ error: { code: 'merchant_not_found' } });
    expect(none.err).toContain('--limit');
    expect(none.code).toBe(1);
  });
});
