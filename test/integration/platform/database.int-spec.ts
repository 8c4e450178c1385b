import { Database, isUniqueViolation, toCountersignError } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { Relay } from '../../support/relay';

describe('the database', () => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    // Two connections: one that leaked would be missed at once.
    database = new Database(await createDataSource(testDatabase.url, 2).initialize());
    await database.query('CREATE TABLE thing (id int CONSTRAINT pk_thing PRIMARY KEY, name text)');
  }, 120_000);
  afterEach(() => database.query('DELETE FROM thing'));
  afterAll(async () => {
    await database.onApplicationShutdown();
    await testDatabase.drop();
  });

  it('gives rows, and none for a statement that returns none', async () => {
    expect(await database.query('INSERT INTO thing VALUES ($1, $2)', [1, 'a'])).toEqual([]);
    expect(await database.query('SELECT * FROM thing WHERE id = $1', [1])).toEqual([{ id: 1, name: 'a' }]);
  });

  it('commits what a transaction did and gives its result', async () => {
    const result = await database.transaction(async (tx) => {
      await tx.query('INSERT INTO thing VALUES (1)');
      return tx.query('SELECT id FROM thing');
    });

    expect(result).toEqual([{ id: 1 }]);
    expect(await database.query('SELECT id FROM thing')).toEqual([{ id: 1 }]);
  });

  it('shows nothing of a transaction outside before it commits', async () => {
    await database.transaction(async (tx) => {
      await tx.query('INSERT INTO thing VALUES (1)');
      expect(await database.query('SELECT id FROM thing')).toEqual([]);
    });
  });

  describe('with a limit for statements', () => {
    let hasty: Database;
    beforeAll(async () => {
      hasty = new Database(await createDataSource(testDatabase.url, 1, 200).initialize());
    });
    afterAll(() => hasty.onApplicationShutdown());

    it('gives up on one that takes too long, as on a database that is away', async () => {
      const error: unknown = await hasty.query('SELECT pg_sleep(5)').catch((thrown: unknown) => thrown);

      expect(toCountersignError(error)).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 });
      expect(await hasty.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('gives up a transaction without waiting for its rollback', async () => {
      const startedAt = performance.now();

      await expect(hasty.transaction((tx) => tx.query('SELECT pg_sleep(5)'))).rejects.toThrow('timeout');

      // Its rollback would wait for the five seconds.
      expect(performance.now() - startedAt).toBeLessThan(4_500);
      expect(await hasty.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    it('has patience with work that nobody waits for', async () => {
      await hasty.patient.query('SELECT pg_sleep(0.3)');
      await hasty.transaction((tx) => tx.query('SELECT pg_sleep(0.3)'), { patient: true });
    });
  });

  describe('that goes down as a connection is made', () => {
    let relay: Relay;
    let shaken: Database;
    beforeAll(async () => {
      const through = await Relay.to(testDatabase.url);
      relay = through.relay;
      shaken = new Database(await createDataSource(through.url, 2).initialize());
    });
    afterAll(async () => {
      await shaken.onApplicationShutdown();
      await relay.close();
    });

    it.each<[string, (tx: () => Promise<unknown>) => Promise<unknown>]>([
      ['a transaction', (work) => shaken.transaction(work)],
      ['a query runner', (work) => shaken.dataSource.transaction(work)],
    ])('refuses %s, ends nothing else, and serves the next', async (_what, begin) => {
      // The one connection that there is: the next needs a new one.
      await shaken.transaction(async () => {
        relay.doomNext();
        const error: unknown = await begin(async () => 'done').catch((thrown: unknown) => thrown);

        expect(toCountersignError(error)).toMatchObject({ kind: 'unavailable' });
      });
      expect(await begin(async () => 'done')).toBe('done');
    });
  });

  it('undoes a transaction that threw, and loses no connection by it', async () => {
    for (let round = 0; round < 5; round++) {
      const failed = database.transaction(async (tx) => {
        await tx.query('INSERT INTO thing VALUES (1)');
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
    }

    expect(await database.query('SELECT id FROM thing')).toEqual([]);
  });

  it('undoes a transaction whose statement failed', async () => {
    const failed = database.transaction(async (tx) => {
      await tx.query('INSERT INTO thing VALUES (1)');
      await tx.query('INSERT INTO thing VALUES (1)');
    });

    await expect(failed).rejects.toMatchObject({ code: '23505' });
    expect(await database.query('SELECT id FROM thing')).toEqual([]);
  });

  it('goes on after a connection was killed within a transaction', async () => {
    const failed = database.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.query('SELECT pg_terminate_backend($1)', [row?.pid]);
      await tx.query('SELECT 1');
    });

    await expect(failed).rejects.toThrow();
    expect(await Promise.all([1, 2, 3].map(() => database.query('SELECT 1 AS one')))).toEqual(
      Array(3).fill([{ one: 1 }]),
    );
  });

  it('tells a unique violation, by its constraint where asked', async () => {
    await database.query('INSERT INTO thing VALUES (1)');
    const error = await database.query('INSERT INTO thing VALUES (1)').catch((thrown: unknown) => thrown);

    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'pk_thing')).toBe(true);
    expect(isUniqueViolation(error, 'uq_other')).toBe(false);
    expect(isUniqueViolation(new Error())).toBe(false);
    expect(isUniqueViolation(null)).toBe(false);
  });
});
