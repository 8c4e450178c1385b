import { newUuidV4 } from '@app/kernel';
import { APP_CONFIG, Leases, LOG, Metrics, type AppConfig } from '@app/platform';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { SettlementJob } from '../../../libs/sessions/src/jobs/settlement.job';
import type { Settlement } from '../../../libs/sessions/src/settlement.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

const DAY = 86_400_000;

let test: TestDatabase;
let house: House;
let metrics: Metrics;
let settled: string[];
let settle: (id: string, asks?: boolean) => Promise<void>;
let job: SettlementJob;

function aJob(): SettlementJob {
  const settlement = {
    settle: (id: string, asks?: boolean) => {
      settled.push(id);
      return settle(id, asks);
    },
  } as Settlement;
  metrics = new Metrics();
  return new SettlementJob(
    house.sessions,
    house.notices,
    settlement,
    house.inbox,
    house.get(Leases),
    metrics,
    { ...house.get<AppConfig>(APP_CONFIG as never), role: 'worker' },
    house.clock,
    house.get(LOG as never),
  );
}

const due = (): Promise<Session> => house.insert(house.aSession({ deadlineAt: house.clock.now() }));

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

beforeEach(() => {
  settled = [];
  settle = () => Promise.resolve();
  job = aJob();
});

// Nothing of one test is due in the next.
afterEach(async () => {
  await house.database.query(`UPDATE session SET deadline_at = 'infinity' WHERE deadline_at IS NOT NULL`);
  await house.database.query('DELETE FROM notice_seen');
  await house.database.query('DELETE FROM lease');
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

describe('a session that cannot be settled', () => {
  it('is tried again after a while, each time a longer one', async () => {
    const { id } = await due();
    settle = () => Promise.reject(new Error('cannot'));
    const triedAt: number[] = [];

    for (let second = 0; second <= 80; second++) {
      const before = settled.length;
      await job.tick();
      if (settled.length > before) triedAt.push(second);
      house.clock.advance(1_000);
    }

    expect(new Set(settled)).toEqual(new Set([id]));
    expect(triedAt).toEqual([0, 5, 15, 35, 75]);
  });

  it('does not keep others waiting', async () => {
    const bad = await due();
    settle = (id) => (id === bad.id ? Promise.reject(new Error('cannot')) : Promise.resolve());
    await job.tick();
    const good = await due();

    await job.tick();

    expect(settled).toEqual([bad.id, good.id]);
  });
});

describe('many sessions that are due at once', () => {
  afterEach(() => jest.restoreAllMocks());

  it('are settled without asking once their connectors have taken their time', async () => {
    for (let count = 0; count < 12; count++) await due();
    let elapsed = 0;
    const startedAt = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => startedAt + elapsed);
    const asked: boolean[] = [];
    settle = async (_id, asks = true) => {
      asked.push(asks);
      if (asks) elapsed += 3_000;
    };

    await job.tick();

    expect(asked).toHaveLength(12);
    expect(asked.filter(Boolean).length).toBeLessThanOrEqual(4);
    expect(asked[0]).toBe(true);
  });
});

describe('a notice that cannot be acted upon', () => {
  async function leave(): Promise<string> {
    house.connector.answer = () =>
      step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
    const { view } = await house.service.create(house.actor(), house.command());
    const noticeId = newUuidV4();
    await house.notices.insert({
      connector: 'unknown',
      noticeId,
      sessionId: view.session.id,
      body: {},
      secretsSealed: null,
      receivedAt: house.clock.now(),
    });
    return noticeId;
  }

  async function noticeRow(noticeId: string): Promise<{ tries: number; waits: string } | undefined> {
    const [row] = await house.database.query<{ tries: number; waits: string }>(
      'SELECT tries, next_try_at::text AS waits FROM notice_seen WHERE notice_id = $1',
      [noticeId],
    );
    return row;
  }

  it('waits longer each time', async () => {
    const noticeId = await leave();
    house.clock.advance(31_000);

    await job.tick();
    await job.tick();
    expect(await noticeRow(noticeId)).toMatchObject({ tries: 1 });

    house.clock.advance(5_000);
    await job.tick();
    expect(await noticeRow(noticeId)).toMatchObject({ tries: 2 });

    house.clock.advance(9_999);
    await job.tick();
    expect(await noticeRow(noticeId)).toMatchObject({ tries: 2 });
  });

  it('is given up after a day, and counted', async () => {
    const noticeId = await leave();
    house.clock.advance(DAY);

    await job.tick();
    house.clock.advance(DAY);
    await job.tick();

    expect(await noticeRow(noticeId)).toEqual({ tries: 1, waits: 'infinity' });
    expect((await metrics.render()).text).toContain('notices_given_up_total 1');
  });
});

describe('a turn of settlement', () => {
  it('is waited for on shutdown, and gives the lease back', async () => {
    await due();
    let finish = (): void => undefined;
    settle = () => new Promise((resolve) => (finish = resolve));
    const turn = job.tick();
    while (settled.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    job.onModuleDestroy();
    let isDown = false;
    const down = job.beforeApplicationShutdown().then(() => (isDown = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isDown).toBe(false);
    finish();
    await Promise.all([turn, down]);

    expect(await house.get(Leases).withLease('sessions.settlement', 1_000, () => Promise.resolve())).toBe(true);
    const before = settled.length;
    await job.tick();
    expect(settled).toHaveLength(before);
  });

  const overdue = async (): Promise<string | undefined> =>
    /^countersign_sessions_unresolved_past_deadline (.*)$/m.exec((await metrics.render()).text)?.[1];

  it('tells how many are overdue once it has looked, and as long as it is the one who looks', async () => {
    await due();
    house.clock.advance(61_000);
    expect(await overdue()).toBeUndefined();

    await job.tick();
    expect(await overdue()).toBe('1');

    await house.get(Leases).withLease('sessions.settlement', 25_000, () => job.tick());
    expect(await overdue()).toBeUndefined();
  });

  it('tells nothing of how many are overdue while it cannot look', async () => {
    await job.tick();
    expect(await overdue()).toBe('0');

    await house.database.query('ALTER TABLE lease RENAME TO lease_away');
    await job.tick();
    await house.database.query('ALTER TABLE lease_away RENAME TO lease');

    expect(await overdue()).toBeUndefined();
  });
});
