import { newUuidV4, Secret, SystemClock } from '@app/kernel';
import {
  CryptoBox,
  Database,
  DecryptionFailed,
  KekRotation,
  keyIdOf,
  MAC_KEY_COLUMN,
  MacKeys,
  type Kek,
  type Queryable,
  type SealedColumn,
  textOf,
} from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const aKek = (fill: number): Kek => ({ id: newUuidV4(), key: new Secret(Buffer.alloc(32, fill)) });
const [A, B, LOST] = [aKek(1), aKek(2), aKek(3)] as const;
const before = new CryptoBox({ keks: [A] });
const during = new CryptoBox({ keks: [B, A] });
const after = new CryptoBox({ keks: [B] });

const THING: SealedColumn = {
  table: 'thing',
  column: 'sealed',
  key: ['owner', 'number'],
  about: ['note'],
  context: ({ owner = '', number = '', note = '' }) => `thing ${owner} ${number} ${note}`,
};

let test: TestDatabase;
let database: Database;
const owner = newUuidV4();

beforeAll(async () => {
  test = await createTestDatabase();
  database = new Database(await createDataSource(test.url, 4).initialize());
  await database.query(
    'CREATE TABLE thing (owner uuid, number int, note text, sealed bytea, CONSTRAINT pk_thing PRIMARY KEY (owner, number))',
  );
}, 120_000);

beforeEach(async () => {
  await database.query('TRUNCATE thing, mac_key');
});

afterAll(async () => {
  await database?.onApplicationShutdown();
  await test?.drop();
});

const rotation = (box = during, db: Queryable = database): KekRotation => new KekRotation(db, box, [THING]);

async function store(box: CryptoBox, ...numbers: number[]): Promise<void> {
  for (const number of numbers) {
    const sealed = box.seal(Buffer.from(`secret ${number}`), `thing ${owner} ${number} n`);
    await database.query('INSERT INTO thing VALUES ($1, $2, $3, $4)', [owner, number, 'n', sealed]);
  }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

/** The numbers whose value opens with the new key alone, and is what it was. */
async function readable(): Promise<number[]> {
  const rows = await database.query<{ number: number; sealed: Buffer }>(
    'SELECT number, sealed FROM thing WHERE sealed IS NOT NULL ORDER BY 1',
  );
  return rows
    .filter(({ number, sealed }) => {
      if (keyIdOf(sealed) !== B.id) return false;
      return after.open(sealed, `thing ${owner} ${number} n`).toString() === `secret ${number}`;
    })
    .map(({ number }) => number);
}

describe('a rotation', () => {
  it('moves every value to the current key, more than one batch of them, and leaves what has none', async () => {
    await store(before, ...upTo(450));
    await store(during, 451);
    await database.query('INSERT INTO thing VALUES ($1, 452, $2, NULL)', [owner, 'n']);

    expect(await rotation().rotate()).toEqual({ current: B.id, rewrapped: 450, unreadable: {} });

    expect(await readable()).toEqual(upTo(451));
  });

  it('tells before and after how much each key holds', async () => {
    await store(before, 1, 2, 3);
    await store(during, 4);

    expect(await rotation().status()).toEqual([
      { kek: B.id, isCurrent: true, isConfigured: true, values: 1, places: { 'thing.sealed': 1 } },
      { kek: A.id, isCurrent: false, isConfigured: true, values: 3, places: { 'thing.sealed': 3 } },
    ]);
    expect(await rotation(after).status()).toContainEqual(
      expect.objectContaining({ kek: A.id, isConfigured: false, values: 3 }),
    );
    await rotation().rotate();
    expect((await rotation().status()).map(({ values }) => values)).toEqual([4, 0]);
  });

  it('has nothing to do the second time', async () => {
    await store(before, 1, 2);
    await rotation().rotate();

    expect(await rotation().rotate()).toMatchObject({ rewrapped: 0 });
  });

  it('goes on where it was stopped', async () => {
    await store(before, ...upTo(10));
    let updates = 0;
    const breaking: Queryable = {
      query: (sql, values) => {
        if (textOf(sql).startsWith('UPDATE') && ++updates > 4) return Promise.reject(new Error('stopped'));
        return database.query(sql, values);
      },
    };

    await expect(rotation(during, breaking).rotate()).rejects.toThrow('stopped');
    expect(await readable()).toHaveLength(4);
    expect(await rotation().rotate()).toMatchObject({ rewrapped: 6 });
    expect(await readable()).toEqual(upTo(10));
  });

  it('may run twice at once', async () => {
    await store(before, ...upTo(100));

    const [first, second] = await Promise.all([rotation().rotate(), rotation().rotate()]);

    expect(first.rewrapped + second.rewrapped).toBe(100);
    expect(await readable()).toEqual(upTo(100));
  });

  it('does not put an old value back over one that was changed meanwhile, and takes what came in under the old key', async () => {
    await store(before, 1, 2, 3);
    let isFirst = true;
    const meanwhile: Queryable = {
      query: async (sql, values) => {
        if (textOf(sql).startsWith('UPDATE') && isFirst) {
          isFirst = false;
          const changed = before.seal(Buffer.from('changed'), `thing ${owner} 1 n`);
          await database.query('UPDATE thing SET sealed = $1 WHERE number = 1', [changed]);
        }
        return database.query(sql, values);
      },
    };

    expect(await rotation(during, meanwhile).rotate()).toMatchObject({ rewrapped: 3 });

    const [row] = await database.query<{ sealed: Buffer }>('SELECT sealed FROM thing WHERE number = 1');
    expect(after.open(row?.sealed ?? Buffer.alloc(0), `thing ${owner} 1 n`).toString()).toBe('changed');
    expect(await readable()).toEqual([2, 3]);
  });

  it('leaves alone and counts what no configured key opens, and ends', async () => {
    await store(before, 1);
    await store(new CryptoBox({ keks: [LOST] }), 2);
    await database.query(`UPDATE thing SET note = 'moved' WHERE number = 1`);
    await store(before, 3);

    expect(await rotation().rotate()).toEqual({ current: B.id, rewrapped: 1, unreadable: { 'thing.sealed': 2 } });
    expect(await readable()).toEqual([3]);
  });
});

describe('keys of stored hashes', () => {
  const replica = (box: CryptoBox): MacKeys => new MacKeys(database, box, new SystemClock());

  it('are the same on every replica, also when all ask for the first time at once', async () => {
    const hashes = await Promise.all(upTo(8).map(() => replica(before).mac('purpose', 'a')));

    expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(1);
    expect(hashes[0]).toHaveLength(32);
  });

  it('differ by purpose and by value', async () => {
    const keys = replica(before);
    const hashes = await Promise.all([keys.mac('one', 'a'), keys.mac('two', 'a'), keys.mac('one', 'b')]);

    expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(3);
  });

  it('survive a rotation and the end of the key that they were made under', async () => {
    const hash = await replica(before).mac('purpose', 'a');
    expect(await replica(new CryptoBox({ keks: [A, B] })).mac('purpose', 'a')).toEqual(hash);

    await new KekRotation(database, during, [MAC_KEY_COLUMN]).rotate();

    expect(await replica(after).mac('purpose', 'a')).toEqual(hash);
  });

  it('are asked for again after a failure', async () => {
    await replica(before).mac('purpose', 'a');
    const keys = replica(after);
    await expect(keys.mac('purpose', 'a')).rejects.toThrow(DecryptionFailed);

    await new KekRotation(database, during, [MAC_KEY_COLUMN]).rotate();

    expect(await keys.mac('purpose', 'a')).toHaveLength(32);
  });
});
