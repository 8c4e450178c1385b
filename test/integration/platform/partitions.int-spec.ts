import { newUuidV7, uuidV7Floor } from '@app/kernel';
import { Database } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

describe('countersign_ensure_partitions', () => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Database(await createDataSource(testDatabase.url, 8).initialize());
  }, 120_000);
  beforeEach(() => database.query('CREATE TABLE story (id uuid PRIMARY KEY) PARTITION BY RANGE (id)'));
  afterEach(() => database.query('DROP TABLE story'));
  afterAll(async () => {
    await database.onApplicationShutdown();
    await testDatabase.drop();
  });

  async function ensure(period: 'day' | 'month', behind: number, ahead: number, at: string): Promise<number> {
    const [row] = await database.query<{ made: number }>(
      `SELECT countersign_ensure_partitions('story', $1, $2, $3, $4) AS made`,
      [period, behind, ahead, at],
    );
    return row?.made ?? -1;
  }

  async function partitions(): Promise<string[]> {
    const rows = await database.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'story'::regclass ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  }

  /** The partition that a row with this id lands in. */
  async function homeOf(id: string): Promise<string> {
    const [row] = await database.query<{ home: string }>(
      'INSERT INTO story VALUES ($1) RETURNING tableoid::regclass::text AS home',
      [id],
    );
    return row?.home ?? '';
  }

  it('makes the days around the instant, named by their date', async () => {
    expect(await ensure('day', 1, 2, '2027-03-01T12:00:00Z')).toBe(4);

    expect(await partitions()).toEqual(['story_20270228', 'story_20270301', 'story_20270302', 'story_20270303']);
  });

  it('makes the months around the instant, named by year and month, over the turn of a year', async () => {
    expect(await ensure('month', 1, 2, '2026-12-31T23:59:59.999Z')).toBe(4);

    expect(await partitions()).toEqual(['story_202611', 'story_202612', 'story_202701', 'story_202702']);
  });

  it('makes nothing the second time, and only what is missing later', async () => {
    await ensure('day', 1, 2, '2027-03-01T12:00:00Z');

    expect(await ensure('day', 1, 2, '2027-03-01T23:00:00Z')).toBe(0);
    expect(await ensure('day', 1, 2, '2027-03-02T00:00:00Z')).toBe(1);
    expect(await partitions()).toContain('story_20270304');
  });

  it.each(['UTC', 'Pacific/Auckland', 'America/Los_Angeles'])(
    'cuts the days at midnight UTC where the session is in %s',
    async (zone) => {
      await database.transaction(async (tx) => {
        await tx.query(`SELECT set_config('TimeZone', $1, true)`, [zone]);
        await tx.query(`SELECT countersign_ensure_partitions('story', 'day', 1, 2, '2027-03-01T23:30:00Z')`);
      });

      expect(await homeOf(newUuidV7(new Date('2027-02-28T00:00:00.000Z')))).toBe('story_20270228');
      expect(await homeOf(newUuidV7(new Date('2027-02-28T23:59:59.999Z')))).toBe('story_20270228');
      expect(await homeOf(uuidV7Floor(new Date('2027-03-01T00:00:00.000Z')))).toBe('story_20270301');
      expect(await homeOf(newUuidV7(new Date('2027-03-01T00:00:00.000Z')))).toBe('story_20270301');
      expect(await homeOf(newUuidV7(new Date('2027-03-01T23:59:59.999Z')))).toBe('story_20270301');
      expect(await homeOf(newUuidV7(new Date('2027-03-02T00:00:00.000Z')))).toBe('story_20270302');
      expect(await homeOf(newUuidV7(new Date('2027-03-03T23:59:59.999Z')))).toBe('story_20270303');
    },
  );

  it('lets a UUIDv7 of every day of a year land in the partition of its month', async () => {
    await ensure('month', 0, 11, '2028-01-15T00:00:00Z');

    for (let day = new Date('2028-01-01T00:00:00Z'); day.getUTCFullYear() === 2028;) {
      const month = day.toISOString().slice(0, 7).replace('-', '');
      expect(await homeOf(newUuidV7(day))).toBe(`story_${month}`);
      expect(await homeOf(newUuidV7(new Date(day.getTime() + 86_399_999)))).toBe(`story_${month}`);
      day = new Date(day.getTime() + 86_400_000);
    }
  });

  it('has no home for what is outside', async () => {
    await ensure('day', 0, 0, '2027-03-01T12:00:00Z');

    await expect(homeOf(newUuidV7(new Date('2027-03-02T00:00:00Z')))).rejects.toThrow('no partition');
    await expect(homeOf(newUuidV7(new Date('2027-02-28T23:59:59.999Z')))).rejects.toThrow('no partition');
  });

  it('may be called by many at once', async () => {
    for (let round = 0; round < 10; round++) {
      const day = `2027-05-${String(10 + round)}T12:00:00Z`;

      await Promise.all(Array.from({ length: 8 }, () => ensure('day', 0, 2, day)));
    }

    expect(await partitions()).toHaveLength(12);
  });

  it('lets those who use the table go on', async () => {
    await ensure('day', 0, 0, '2027-03-01T12:00:00Z');
    const id = newUuidV7(new Date('2027-03-01T12:00:00Z'));

    await database.transaction(async (tx) => {
      await tx.query('INSERT INTO story VALUES ($1)', [id]);
      expect(await ensure('day', 0, 2, '2027-03-01T12:00:00Z')).toBe(2);
      await tx.query('SELECT * FROM story FOR UPDATE');
    });

    expect(await homeOf(newUuidV7(new Date('2027-03-02T12:00:00Z')))).toBe('story_20270302');
  });

  it('gives up on a table that somebody holds for themselves, and leaves nothing half made', async () => {
    await database.transaction(async (tx) => {
      await tx.query('LOCK TABLE story IN ACCESS EXCLUSIVE MODE');

      await expect(ensure('day', 0, 0, '2027-03-01T12:00:00Z')).rejects.toMatchObject({ code: '55P03' });
    });

    expect(await ensure('day', 0, 0, '2027-03-01T12:00:00Z')).toBe(1);
  });

  it('gives partitions the indexes and constraints of their table', async () => {
    await database.query('ALTER TABLE story ADD COLUMN size int DEFAULT 7 NOT NULL CHECK (size > 0)');
    await database.query('CREATE INDEX ix_story_size ON story (size)');
    await ensure('day', 0, 0, '2027-03-01T12:00:00Z');
    const id = newUuidV7(new Date('2027-03-01T12:00:00Z'));

    expect(await homeOf(id)).toBe('story_20270301');
    await expect(homeOf(id)).rejects.toMatchObject({ code: '23505' });
    await expect(database.query('INSERT INTO story VALUES ($1, 0)', [id])).rejects.toMatchObject({ code: '23514' });
    expect(
      await database.query(`SELECT 1 FROM pg_indexes WHERE tablename = 'story_20270301' AND indexdef LIKE '%(size)%'`),
    ).toHaveLength(1);
  });

  it('floors an instant to the same id as the application does', async () => {
    const at = new Date('2027-03-01T12:34:56.789Z');
    const [row] = await database.query<{ floor: string }>('SELECT countersign_uuid_floor($1) AS floor', [at]);

    expect(row?.floor).toBe(uuidV7Floor(at));
  });
});
