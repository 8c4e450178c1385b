import { CardBins, type BinEntry, type BinFacts } from '@app/cards';
import { FixedClock } from '@app/kernel';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { startReplica, type Replica } from './installation';

const NOTHING: BinFacts = { issuer: null, issuerCountry: null, cardType: null };
const NORTHBANK: BinFacts = { issuer: 'Northbank', issuerCountry: 'GB', cardType: 'credit' };
const entry = (prefix: string, facts: Partial<BinFacts>): BinEntry => ({ prefix, ...NOTHING, ...facts });

let test: TestDatabase;
let replica: Replica;
let bins: CardBins;

beforeAll(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url, new FixedClock(new Date()));
});

beforeEach(async () => {
  await replica.database.query('TRUNCATE card_bin, bin_entry');
  // One that has seen nothing yet.
  bins = new CardBins(replica.app.get(CardBins)['repository'], replica.app.get(CardBins)['log']);
});

afterAll(async () => {
  await replica?.close();
  await test?.drop();
});

async function known(bin: string, environment = 'test'): Promise<BinFacts | undefined> {
  const [row] = await replica.database.query<BinFacts>(
    `SELECT issuer, issuer_country AS "issuerCountry", card_type AS "cardType" FROM card_bin
     WHERE environment = $1 AND bin = $2`,
    [environment, bin],
  );
  return row;
}

describe('a BIN that a session’s card has', () => {
  it('is known as its longest prefix in the table of its environment', async () => {
    await bins.replaceTable('test', [
      entry('400099', { issuer: 'Wide' }),
      entry('4000990', { issuer: 'Narrower', issuerCountry: 'FR' }),
      entry('40009901', NORTHBANK),
    ]);
    await bins.replaceTable('live', [entry('40009901', { issuer: 'Another' })]);
    for (const bin of ['40009901', '40009902', '40009912', '400099', '41000000']) await bins.see('test', bin);

    expect(await known('40009901')).toEqual(NORTHBANK);
    expect(await known('40009902')).toEqual({ ...NOTHING, issuer: 'Narrower', issuerCountry: 'FR' });
    expect(await known('40009912')).toEqual({ ...NOTHING, issuer: 'Wide' });
    expect(await known('400099')).toEqual({ ...NOTHING, issuer: 'Wide' });
    expect(await known('41000000')).toEqual(NOTHING);
    expect(await known('40009901', 'live')).toBeUndefined();
  });

  it('is known anew when another table is put in the place of the present one', async () => {
    await bins.replaceTable('test', [entry('40009901', NORTHBANK), entry('520099', { issuer: 'Harbour' })]);
    await bins.see('test', '40009901');
    await bins.see('test', '52009901');
    await bins.see('live', '40009901');

    await bins.replaceTable('test', [entry('400099', { issuer: 'Southbank' })]);

    expect(await known('40009901')).toEqual({ ...NOTHING, issuer: 'Southbank' });
    expect(await known('52009901')).toEqual(NOTHING);
    expect(await known('40009901', 'live')).toEqual(NOTHING);
    expect(await bins.tally()).toEqual([
      { environment: 'live', entries: 0, bins: 1, withIssuer: 0 },
      { environment: 'test', entries: 1, bins: 2, withIssuer: 1 },
    ]);
  });

  it('that an upstream told of is as it told last, where the table does not say', async () => {
    await bins.replaceTable('test', [entry('520099', { issuer: 'Harbour' })]);
    await bins.tell('test', '40009901', { ...NORTHBANK, issuer: 'Old name' });
    await bins.tell('test', '40009901', NORTHBANK);
    await bins.see('test', '52009901');
    await bins.tell('test', '52009901', NORTHBANK);

    expect(await known('40009901')).toEqual(NORTHBANK);
    expect(await known('52009901')).toEqual({ ...NORTHBANK, issuer: 'Harbour' });
    await bins.replaceTable('test', [entry('400099', { cardType: 'debit' })]);
    expect(await known('40009901')).toEqual({ ...NORTHBANK, cardType: 'debit' });
    expect(await known('52009901')).toEqual(NORTHBANK);
  });

  it('is one row, however many processes and sessions see it at once', async () => {
    const other = new CardBins(bins['repository'], bins['log']);
    await Promise.all([
      ...Array.from({ length: 10 }, () => bins.see('test', '40009901')),
      ...Array.from({ length: 10 }, () => other.tell('test', '40009901', NORTHBANK)),
    ]);

    expect(await known('40009901')).toEqual(NORTHBANK);
  });

  it('that could not be stored fails nobody, and is stored the next time', async () => {
    await replica.database.query('ALTER TABLE card_bin RENAME TO card_bin_away');
    await bins.see('test', '40009901');
    await bins.tell('test', '52009901', NORTHBANK);
    await replica.database.query('ALTER TABLE card_bin_away RENAME TO card_bin');
    await bins.see('test', '40009901');
    await bins.tell('test', '52009901', NORTHBANK);

    expect(await known('40009901')).toEqual(NOTHING);
    expect(await known('52009901')).toEqual(NORTHBANK);
  });

  it('of no number is nothing', async () => {
    await bins.see('test', null);

    expect((await bins.tally()).map(({ bins: count }) => count)).toEqual([0, 0]);
  });
});

describe('a table of BINs', () => {
  it('stays as it was where the new one cannot be stored, or what is done with it fails', async () => {
    await bins.replaceTable('test', [entry('400099', NORTHBANK)]);
    await bins.see('test', '40009901');
    const twice = [entry('520099', NORTHBANK), entry('520099', NORTHBANK)];

    await expect(bins.replaceTable('test', twice)).rejects.toThrow();
    await expect(
      bins.replaceTable('test', [entry('400099', { issuer: 'Southbank' })], () => Promise.reject(new Error('refused'))),
    ).rejects.toThrow('refused');

    expect(await known('40009901')).toEqual(NORTHBANK);
    expect(await bins.tally()).toContainEqual({ environment: 'test', entries: 1, bins: 1, withIssuer: 1 });
  });

  it('is one of two that come at once, and never both', async () => {
    const tableOf = (first: number, issuer: string): BinEntry[] =>
      Array.from({ length: 500 }, (_, index) => entry(String(first + index), { issuer }));
    const before: number[] = [];
    const load = (entries: BinEntry[]): Promise<void> =>
      bins.replaceTable('test', entries, (_tx, count) => {
        before.push(count);
        return Promise.resolve();
      });

    await Promise.all([load(tableOf(40_000_000, 'One')), load(tableOf(50_000_000, 'Other'))]);

    expect(await bins.tally()).toContainEqual({ environment: 'test', entries: 500, bins: 0, withIssuer: 0 });
    expect(before).toEqual([0, 500]);
  });

  it('that is stopped while others wait for it is given up, and they go on', async () => {
    await bins.replaceTable('test', [entry('400099', NORTHBANK)]);
    let seen: Promise<void> | undefined;

    // It waits for a BIN, which waits for the table.
    const stopped = bins.replaceTable('test', [entry('400099', { issuer: 'Southbank' })], () => {
      seen = bins.see('test', '40009901');
      return seen;
    });

    await expect(stopped).rejects.toThrow();
    await seen;
    expect(await known('40009901')).toEqual(NORTHBANK);
  });

  it('of a hundred thousand lines is put in place whole', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => entry(String(40_000_000 + index), NORTHBANK));
    let before = -1;

    await bins.replaceTable('test', lines, (_tx, count) => {
      before = count;
      return Promise.resolve();
    });
    await bins.see('test', '40099999');

    expect(before).toBe(0);
    expect(await known('40099999')).toEqual(NORTHBANK);
    expect(await bins.tally()).toContainEqual({ environment: 'test', entries: 100_000, bins: 1, withIssuer: 1 });
  });

  it('holds no session up for longer than it takes to find its BINs, and none is left as the old table knew it', async () => {
    await bins.replaceTable('test', [entry('400099', { issuer: 'Old' })]);
    const seen: Promise<void>[] = [];
    await bins.replaceTable('test', [entry('400099', { issuer: 'New' })], () => {
      // The table is in place and not there yet for anybody else.
      for (let bin = 40_009_910; bin < 40_009_920; bin++) seen.push(bins.see('test', String(bin)));
      return Promise.resolve();
    });
    await Promise.all(seen);

    for (let bin = 40_009_910; bin < 40_009_920; bin++)
      expect(await known(String(bin))).toEqual({ ...NOTHING, issuer: 'New' });
  });
});
