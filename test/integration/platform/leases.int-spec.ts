import { Database, Leases } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { eventually } from '../../support/simulator';

/** Only what the time is, is made up. */
const REAL_TIMERS = [
  ...(['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
  ...(['setTimeout', 'clearTimeout', 'hrtime', 'performance'] as const),
];

describe('a lease', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let here: Leases;
  let there: Leases;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Database(await createDataSource(testDatabase.url, 8).initialize());
  }, 120_000);
  beforeEach(() => {
    here = new Leases(database);
    there = new Leases(database);
  });
  afterEach(() => database.query('DELETE FROM lease'));
  afterAll(async () => {
    await database.onApplicationShutdown();
    await testDatabase.drop();
  });

  /** Takes the lease and keeps it until told; gives the fencing number. */
  async function hold(leases: Leases, name: string): Promise<{ fence: bigint; release: () => Promise<boolean> }> {
    let finish: () => void = () => undefined;
    const isFinished = new Promise<void>((resolve) => (finish = resolve));
    let granted: Promise<boolean> = Promise.resolve(false);
    const fence = await new Promise<bigint>((resolve, reject) => {
      granted = leases.withLease(name, 60_000, async (number) => {
        resolve(number);
        await isFinished;
      });
      granted.then((isGranted) => isGranted || reject(new Error('not granted')), reject);
    });
    return {
      fence,
      release: () => {
        finish();
        return granted;
      },
    };
  }

  /** Lets time pass as the lease sees it. */
  const pass = (ms: number): Promise<unknown> =>
    database.query(`UPDATE lease SET expires_at = expires_at - $1::float8 * interval '1 ms'`, [ms]);

  it('ends by the clock of the database, whatever time a process thinks it is', async () => {
    const { release } = await hold(here, 'sweep');
    jest.useFakeTimers({ now: Date.now() + 3_600_000, doNotFake: REAL_TIMERS });
    try {
      expect(await there.withLease('sweep', 60_000, skipped)).toBe(false);
    } finally {
      jest.useRealTimers();
    }
    await release();
  });

  it('does not outlive a clock that ran ahead and was set back', async () => {
    const { release } = await hold(here, 'sweep');

    await pass(-86_400_000);

    expect(await there.withLease('sweep', 60_000, () => Promise.resolve())).toBe(true);
    await release();
  });

  const skipped = (): Promise<void> => Promise.reject(new Error('must not run'));

  it('is held by one of two; the other one skips', async () => {
    const held = await hold(here, 'sweep');

    expect(await there.withLease('sweep', 60_000, skipped)).toBe(false);
    expect(await held.release()).toBe(true);
  });

  it('is not given twice to one holder either', async () => {
    const held = await hold(here, 'sweep');

    expect(await here.withLease('sweep', 60_000, skipped)).toBe(false);
    await held.release();
  });

  it('of another name is another lease', async () => {
    const held = await hold(here, 'sweep');

    expect(await there.withLease('erase', 60_000, async () => undefined)).toBe(true);
    await held.release();
  });

  it('is free again afterwards, also when the work failed', async () => {
    await here.withLease('sweep', 60_000, async () => undefined);
    const failed = there.withLease('sweep', 60_000, () => Promise.reject(new Error('work failed')));
    await expect(failed).rejects.toThrow('work failed');

    expect(await here.withLease('sweep', 60_000, async () => undefined)).toBe(true);
  });

  it('is given to one of many that ask at once', async () => {
    // Whoever has it keeps it until all the others were told, too.
    const told = Promise.withResolvers<void>();
    let [running, refused] = [0, 0];
    const tell = (): void => {
      if (running + refused === 8) told.resolve();
    };
    const ask = async (): Promise<void> => {
      const isGranted = await new Leases(database).withLease('sweep', 60_000, async () => {
        running++;
        tell();
        await told.promise;
      });
      if (isGranted) return;
      refused++;
      tell();
    };

    await Promise.all(Array.from({ length: 8 }, ask));

    expect({ running, refused }).toEqual({ running: 1, refused: 7 });
  });

  it('has a fencing number that grows with every grant', async () => {
    const fences: bigint[] = [];
    for (const leases of [here, there, there, here]) {
      await leases.withLease('sweep', 60_000, async (fence) => void fences.push(fence));
    }

    expect(fences).toEqual([1n, 2n, 3n, 4n]);
  });

  it('that has run out is taken over, and the late holder does not give the new one back', async () => {
    const late = await hold(here, 'sweep');
    await pass(30_000);
    expect(await there.withLease('sweep', 60_000, skipped)).toBe(false);

    await pass(30_000);
    const present = await hold(there, 'sweep');
    await late.release();

    expect(present.fence).toBeGreaterThan(late.fence);
    expect(await here.withLease('sweep', 60_000, skipped)).toBe(false);
    await present.release();
  });

  it('that is prolonged outlives its time while the work goes on, and tells who has lost it', async () => {
    const name = 'long';
    const left = async (): Promise<number> => {
      const [row] = await database.query<{ left: number }>(
        `SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 AS left FROM lease WHERE name = $1`,
        [name],
      );
      return row?.left ?? 0;
    };
    const ttlMs = 4_000;

    const isGranted = await here.withLease(name, ttlMs, (fence) =>
      here.prolonging(name, { fence, ttlMs }, async (lost) => {
        await pass(3_500);
        await eventually(async () => (await left()) > 2 || undefined);
        expect(await there.withLease(name, ttlMs, skipped)).toBe(false);
        expect(lost.aborted).toBe(false);

        await database.query('UPDATE lease SET fence = fence + 1 WHERE name = $1', [name]);
        await eventually(() => Promise.resolve(lost.aborted || undefined));
      }),
    );

    expect(isGranted).toBe(true);
  });
});
