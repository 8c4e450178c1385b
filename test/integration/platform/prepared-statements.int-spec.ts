import { FixedClock } from '@app/kernel';
import { Database, PreparedStatements, Statement } from '@app/platform';
import { Client } from 'pg';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { carriesPreparedStatements, findPgBouncer, startPgBouncer, type Pooler } from '../../support/pgbouncer';

const POOLER = findPgBouncer();
const HOUR_MS = 3_600_000;
const NOON = new Date('2027-01-31T12:00:00Z');

const READ = new Statement('SELECT id, name FROM thing WHERE id = $1::int');
const WRITE = new Statement('INSERT INTO thing (id, name) SELECT * FROM unnest($1::int[], $2::text[])');

let test: TestDatabase;
let other: Client;
const open: Database[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  other = new Client({ connectionString: test.url });
  await other.connect();
}, 120_000);

beforeEach(async () => {
  await other.query('CREATE TABLE thing (id int CONSTRAINT pk_thing PRIMARY KEY, name text)');
  await other.query(`INSERT INTO thing VALUES (1, 'one')`);
});

afterEach(async () => {
  for (const database of open.splice(0)) await database.onApplicationShutdown();
  await other.query('DROP TABLE thing');
});

afterAll(async () => {
  await other?.end();
  await test?.drop();
});

async function start(
  mode: ConstructorParameters<typeof PreparedStatements>[0],
  { poolSize = 1, url = test.url, clock = new FixedClock(NOON), onGivenUp = jest.fn<void, [unknown]>() } = {},
): Promise<Database> {
  const prepared = new PreparedStatements(mode, clock, onGivenUp);
  const database = new Database(await createDataSource(url, poolSize).initialize(), prepared);
  open.push(database);
  return database;
}

interface Kept {
  name: string;
  statement: string;
  generic: number;
  custom: number;
}

/** What Postgres keeps on the connection that is next; with a pool of one it is the only one. */
const keptOf = (database: Database): Promise<Kept[]> =>
  database.query<Kept>(
    `SELECT name, statement, generic_plans::int AS generic, custom_plans::int AS custom FROM pg_prepared_statements ORDER BY name`,
  );

const read = (database: Database): Promise<unknown[]> => database.query(READ, [1]);
const ONE = [{ id: 1, name: 'one' }];

describe('statements with names', () => {
  it('are prepared once on a connection, and planned for any values', async () => {
    const database = await start('auto');

    for (let round = 0; round < 20; round++) expect(await read(database)).toEqual(ONE);

    const [kept, ...more] = await keptOf(database);
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ statement: READ.prepared, generic: 15, custom: 5 });
    expect(kept?.name).toContain(READ.name);
  });

  it('are so in transactions too', async () => {
    const database = await start('auto');

    const found = await database.transaction(async (tx) => {
      await tx.query(WRITE, [
        [2, 3],
        ['two', 'three'],
      ]);
      return tx.query(READ, [3]);
    });

    expect(found).toEqual([{ id: 3, name: 'three' }]);
    expect(await keptOf(database)).toHaveLength(2);
  });

  it('are not where they may not be, nor for work that has minutes, nor as another role', async () => {
    const [off, on] = [await start('off'), await start('on')];

    expect(await read(off)).toEqual(ONE);
    expect(await off.transaction((tx) => tx.query(READ, [1]))).toEqual(ONE);
    expect(await on.patient.query(READ, [1])).toEqual(ONE);
    await other.query('GRANT SELECT ON thing TO countersign_reader');
    expect(await on.asReader([], (reader) => reader.query(READ, [1]))).toEqual(ONE);

    expect([...(await keptOf(off)), ...(await keptOf(on))]).toEqual([]);
  });

  it('fail as others do, and the connection is replaced', async () => {
    const database = await start('on');
    const write = (): Promise<unknown[]> => database.query(WRITE, [[1], ['again']]);

    await expect(write()).rejects.toMatchObject({ code: '23505' });
    await expect(database.transaction((tx) => tx.query(WRITE, [[1], ['again']]))).rejects.toMatchObject({
      code: '23505',
    });

    expect(await read(database)).toEqual(ONE);
  });

  it('see partitions that are made later', async () => {
    await other.query('DROP TABLE thing');
    await other.query('CREATE TABLE thing (id int, name text) PARTITION BY RANGE (id)');
    await other.query('CREATE TABLE thing_1 PARTITION OF thing FOR VALUES FROM (0) TO (10)');
    const database = await start('auto');
    for (let id = 1; id < 10; id++) {
      await database.query(WRITE, [[id], ['early']]);
      await database.query(READ, [id]);
    }

    await other.query('CREATE TABLE thing_2 PARTITION OF thing FOR VALUES FROM (10) TO (20)');
    await database.query(WRITE, [[15], ['late']]);

    expect(await database.query(READ, [15])).toEqual([{ id: 15, name: 'late' }]);
  });
});

describe('a migration while statements are prepared', () => {
  const changeType = (): Promise<unknown> => other.query('ALTER TABLE thing ALTER COLUMN name TYPE varchar(20)');

  it('fails nobody', async () => {
    const database = await start('auto', { poolSize: 4 });
    const many = (): Promise<unknown[]> => Promise.all(Array.from({ length: 40 }, () => read(database)));
    await many();

    await changeType();

    expect(await many()).toEqual(Array(40).fill(ONE));
  });

  it('fails no transaction: it is rolled back and done again', async () => {
    const database = await start('auto');
    await read(database);
    let runs = 0;

    await changeType();
    const found = await database.transaction(async (tx) => {
      runs++;
      await tx.query('INSERT INTO thing VALUES (2, $1)', [`run ${runs}`]);
      return tx.query(READ, [1]);
    });

    expect(found).toEqual(ONE);
    expect(await database.query('SELECT name FROM thing WHERE id = 2')).toEqual([{ name: 'run 2' }]);
  });

  it('leaves new names behind it', async () => {
    const database = await start('auto');
    await read(database);
    const [before] = await keptOf(database);

    await changeType();
    for (let round = 0; round < 3; round++) await read(database);

    const [kept, ...more] = await keptOf(database);
    expect(more).toEqual([]);
    expect(kept?.name).not.toBe(before?.name);
  });

  it('may add columns', async () => {
    const database = await start('auto');
    await read(database);

    await other.query(`ALTER TABLE thing ADD COLUMN more text NOT NULL DEFAULT 'x'`);

    expect(await read(database)).toEqual(ONE);
    await database.query(WRITE, [[2], ['two']]);
  });

  it('does not run work twice that failed for reasons of its own', async () => {
    const database = await start('auto');
    let runs = 0;

    const failed = database.transaction(async (tx) => {
      runs++;
      await tx.query('SELECT 1; SELECT 2', [1]);
    });

    await expect(failed).rejects.toMatchObject({ code: '42601' });
    expect(runs).toBe(1);
  });
});

describe('plans', () => {
  const nameOf = async (database: Database): Promise<string> => {
    await read(database);
    const kept = await keptOf(database);
    expect(kept).toHaveLength(1);
    return kept[0]?.name ?? '';
  };

  it('are made anew whenever use has doubled, and the old ones are forgotten', async () => {
    const database = await start('auto');
    const names: string[] = [];

    for (let use = 1; use <= 300; use++) names.push(await nameOf(database));

    const fresh = names.flatMap((name, index) => (name === names[index - 1] ? [] : [index + 1]));
    expect(fresh).toEqual([1, 128, 256]);
  });

  it('are made anew with each day, when partitions begin', async () => {
    const clock = new FixedClock(NOON);
    const database = await start('auto', { clock });
    const before = await nameOf(database);

    clock.advance(12 * HOUR_MS - 1);
    expect(await nameOf(database)).toBe(before);
    clock.advance(1);
    expect(await nameOf(database)).not.toBe(before);
  });
});

(POOLER === null ? describe.skip : describe)('through PgBouncer in transaction mode', () => {
  const program = POOLER ?? '';
  let pooler: Pooler;

  afterEach(() => pooler?.stop());

  /** Reads while somebody else keeps the server connection that was used last: the next statement goes over another. */
  async function useTwoConnections(database: Database): Promise<void> {
    const holder = new Client({ connectionString: pooler.url });
    await holder.connect();
    try {
      for (let round = 0; round < 3; round++) {
        expect(await read(database)).toEqual(ONE);
        await holder.query('BEGIN');
        await holder.query('SELECT 1');
        expect(await read(database)).toEqual(ONE);
        expect(await database.transaction((tx) => tx.query(READ, [1]))).toEqual(ONE);
        await holder.query('COMMIT');
      }
    } finally {
      await holder.end();
    }
  }

  it('none are prepared by themselves', async () => {
    pooler = await startPgBouncer(program, test.url);
    const onGivenUp = jest.fn();
    const database = await start('auto', { url: pooler.url, onGivenUp });

    await useTwoConnections(database);

    expect(await keptOf(database)).toEqual([]);
    expect(onGivenUp).not.toHaveBeenCalled();
  });

  it('they are given up, once and without a failure, where they were asked for and it does not carry them', async () => {
    pooler = await startPgBouncer(program, test.url);
    const onGivenUp = jest.fn();
    const database = await start('on', { url: pooler.url, onGivenUp });

    await useTwoConnections(database);

    expect(onGivenUp).toHaveBeenCalledTimes(1);
    const before = await keptOf(database);
    await database.query(WRITE, [[2], ['two']]);
    expect(await keptOf(database)).toEqual(before);
  });

  it('they are prepared where they were asked for, or given up where its version (before 1.21) cannot carry any', async () => {
    const carries = carriesPreparedStatements(program);
    pooler = await startPgBouncer(program, test.url, { carries: true });
    const onGivenUp = jest.fn();
    const database = await start('on', { url: pooler.url, onGivenUp });

    await useTwoConnections(database);
    await other.query('ALTER TABLE thing ALTER COLUMN name TYPE varchar(20)');
    await useTwoConnections(database);
    await database.query(WRITE, [[2], ['two']]);

    const kept = (await keptOf(database)).map(({ statement }) => statement);
    expect(kept.includes(WRITE.prepared)).toBe(carries);
    expect(onGivenUp).toHaveBeenCalledTimes(carries ? 0 : 1);
  });
});
