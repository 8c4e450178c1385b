import { FixedClock } from '@app/kernel';
import { Database, Leases } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

describe('a lease', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let clock: FixedClock;
  let here: Leases;
  let there: Leases;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Database(await createDataSource(testDatabase.url, 8).initialize());
  }, 120_000);
  beforeEach(() => {
    clock = new FixedClock(new Date('2027-01-01T00:00:00Z'));
    here = new Leases(database, clock);
    there = new Leases(database, clock);
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

  it('lasts as long as its work may where the clock runs faster', async () => {
    const fast = new Leases(database, clock, { timeScale: 60 });
    const { release } = await hold(fast, 'sweep');

    clock.advance(60_000 * 60 - 1);
    expect(await there.withLease('sweep', 60 * 60_000, skipped)).toBe(false);

    clock.advance(1);
    expect(await there.withLease('sweep', 60 * 60_000, () => Promise.resolve())).toBe(true);
    await release();
  });

  it('does not outlive a clock that ran ahead and was set back', async () => {
    clock.advance(86_400_000);
    const { release } = await hold(here, 'sweep');

    clock.advance(-86_400_000);

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
    let running = 0;
    let most = 0;
    const ask = (): Promise<boolean> =>
      new Leases(database, clock).withLease('sweep', 60_000, async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 100));
        running--;
      });

    const granted = await Promise.all(Array.from({ length: 8 }, ask));

    expect(granted.filter(Boolean)).toHaveLength(1);
    expect(most).toBe(1);
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
    clock.advance(59_999);
    expect(await there.withLease('sweep', 60_000, skipped)).toBe(false);

    clock.advance(1);
    const present = await hold(there, 'sweep');
    await late.release();

    expect(present.fence).toBeGreaterThan(late.fence);
    expect(await here.withLease('sweep', 60_000, skipped)).toBe(false);
    await present.release();
  });
});
