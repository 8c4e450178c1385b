import { RETRY_DELAYS_SECONDS } from '@app/callbacks';
import { CallbackDeliveries } from '../../../libs/callbacks/src/callback-deliveries';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { House } from './callbacks-house';
import { after, answers, Receiver } from './receiver';

describe('the callback sweeper', () => {
  let testDatabase: TestDatabase;
  let house: House;
  let second: House;
  let channel: Awaited<ReturnType<House['aChannel']>>;
  const receiver = new Receiver();

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    house = await House.open(testDatabase.url);
    second = await House.open(testDatabase.url, house);
    channel = await house.aChannel();
    await receiver.start();
  }, 120_000);
  afterEach(async () => {
    receiver.reset();
    house.subject.told.length = 0;
    house.subject.failure = null;
    await house.empty();
  });
  afterAll(async () => {
    await receiver.stop();
    await second.close();
    await house.close();
    await testDatabase.drop();
  });

  const aMessage = (more: Partial<Parameters<House['enqueue']>[0]> = {}): ReturnType<House['enqueue']> =>
    house.enqueue({ ...channel, url: receiver.url, ...more });

  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  const inSeconds = (seconds: number): Date => new Date(house.clock.now().getTime() + seconds * 1000);

  it('sends what is due and leaves the rest', async () => {
    const due = await aMessage();
    const later = await aMessage({ dueAt: inSeconds(300) });

    await house.sweep();

    expect(await house.message(due.id)).toMatchObject({ state: 'delivered', tries: 1 });
    expect(await house.message(later.id)).toMatchObject({ state: 'due', tries: 0 });
    expect(house.subject.told).toEqual([due.sessionId]);

    house.clock.advance(300_000);
    await house.sweep();

    expect(await house.message(later.id)).toMatchObject({ state: 'delivered' });
  });

  it('tries along the schedule and then gives up', async () => {
    receiver.behaviour = answers(500);
    const { id } = await aMessage();

    for (const [index, delay] of RETRY_DELAYS_SECONDS.entries()) {
      await house.sweep();
      const { state, next_try_at: next } = await house.message(id);
      expect(state).toBe('due');
      const waits = ((next as Date).getTime() - house.clock.now().getTime()) / 1000;
      expect(Math.abs(waits / delay - 1)).toBeLessThanOrEqual(0.1001);
      await house.sweep();
      expect(receiver.received).toHaveLength(index + 1);
      house.clock.advance(delay * 1100 + 1);
    }
    await house.sweep();

    expect(receiver.received).toHaveLength(RETRY_DELAYS_SECONDS.length + 1);
    expect(await house.message(id)).toMatchObject({ state: 'dead', next_try_at: null, last_status: 500 });

    house.clock.advance(30 * 86_400_000);
    await house.sweep();
    expect(receiver.received).toHaveLength(RETRY_DELAYS_SECONDS.length + 1);
  });

  it('leaves a dead message to the merchant, who can still have it', async () => {
    const { id, sessionId } = await aMessage();
    await house.database.query(`UPDATE callback_message SET state = 'dead', next_try_at = NULL WHERE id = $1`, [id]);

    receiver.behaviour = answers(500);
    expect(await house.callbacks.deliver(id)).toMatchObject({ delivered: false });
    expect(await house.message(id)).toMatchObject({ state: 'dead' });

    receiver.behaviour = answers(200);
    expect(await house.callbacks.deliver(id)).toMatchObject({ delivered: true });
    expect(await house.message(id)).toMatchObject({ state: 'delivered' });
    expect(house.subject.told).toEqual([sessionId]);
  });

  it('delivers on a retry and tells the subject then', async () => {
    receiver.behaviour = answers(500);
    const { id, sessionId } = await aMessage();
    await house.callbacks.deliver(id);
    expect(house.subject.told).toEqual([]);

    receiver.behaviour = answers(200);
    house.clock.advance(6_000);
    await house.sweep();

    expect(await house.message(id)).toMatchObject({ state: 'delivered', tries: 2 });
    expect(house.subject.told).toEqual([sessionId]);
  });

  it('leaves the claim of one more try to who holds it, when the subject is told late', async () => {
    house.subject.failure = new Error('away');
    const { id, sessionId } = await aMessage();
    await house.sweep();
    house.subject.failure = null;
    house.clock.advance(60_000);
    const deliveries = house.get(CallbackDeliveries);
    const [untold] = await deliveries.claimUntold(1);
    house.clock.advance(60_000);
    await house.database.transaction((tx) => house.callbacks.resend(tx, sessionId, channel.merchantId));
    const [again] = await deliveries.claimResends(1, 1, new Map());

    if (untold) await deliveries.tell(untold);
    await second.sweep();

    expect(again).toMatchObject({ id, isResend: true });
    expect(house.subject.told).toEqual([sessionId]);
    expect(receiver.received).toHaveLength(1);
    expect((await house.message(id)).claimed_until).not.toBeNull();
  });

  it('shares a long queue with another replica and sends each message once', async () => {
    const messages = await Promise.all(Array.from({ length: 150 }, () => aMessage()));
    receiver.behaviour = after(5, answers(200));

    await Promise.all([house.sweep(), second.sweep()]);

    expect(receiver.received).toHaveLength(150);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(150);
    expect([...house.subject.told].sort()).toEqual(messages.map(({ sessionId }) => sessionId).sort());
  });

  it('forgets what was delivered long ago, and nothing that is owed', async () => {
    const old = await aMessage();
    await house.sweep();
    receiver.behaviour = answers(500);
    const owed = await aMessage();
    house.clock.advance(30 * 86_400_000);
    receiver.behaviour = answers(204);
    const recent = await aMessage();
    await house.callbacks.deliver(recent.id);

    const before = new Date(house.clock.now().getTime() - 86_400_000);
    expect(await house.callbacks.forgetDeliveredBefore(before)).toBe(1);

    await expect(house.message(old.id)).rejects.toThrow('No such message');
    expect(await house.deliveries(old.id)).toEqual([]);
    expect(await house.message(owed.id)).toMatchObject({ state: 'due' });
    expect(await house.message(recent.id)).toMatchObject({ state: 'delivered' });
  });

  it('keeps places for others while one merchant’s endpoint hangs', async () => {
    const other = await house.aChannel();
    let release = (): void => undefined;
    const hung = new Promise<void>((resolve) => (release = resolve));
    receiver.behaviour = (response, request) => {
      if (request.url === '/hangs') void hung.then(() => response.writeHead(204).end());
      else response.writeHead(204).end();
    };
    const hanging = receiver.url.replace('/callback', '/hangs');
    await Promise.all(Array.from({ length: 100 }, () => aMessage({ url: hanging })));
    await house.sweeper.tick();
    const { id } = await aMessage({ ...other });

    await house.sweeper.tick();
    await until(async () => (await house.message(id)).state === 'delivered');

    expect(receiver.received.filter(({ path }) => path === '/hangs').length).toBeLessThanOrEqual(8);
    release();
    await house.sweeper.settled();
    expect(receiver.received).toHaveLength(101);
  });

  it('serves every merchant before one is served twice', async () => {
    const others = await Promise.all(Array.from({ length: 9 }, () => house.aChannel()));
    await Promise.all(Array.from({ length: 50 }, () => aMessage()));
    await Promise.all(others.map((other) => aMessage({ ...other, dueAt: inSeconds(0) })));
    const deliveries = house.get(CallbackDeliveries);

    const first = await deliveries.claimDue(10, 8, new Map());

    expect(new Set(first.map(({ merchantId }) => merchantId)).size).toBe(10);
    expect(await deliveries.claimDue(10, 8, new Map([[channel.merchantId, 7]]))).toHaveLength(1);
    expect(await deliveries.claimDue(10, 8, new Map([[channel.merchantId, 8]]))).toEqual([]);
  });

  it('keeps away from what another is sending, and takes it over when that one died', async () => {
    const { id } = await aMessage();
    // What a process leaves that was killed after its claim: a try begun, and nothing else.
    await house.database.query('UPDATE callback_message SET tries = 1, claimed_until = $2 WHERE id = $1', [
      id,
      inSeconds(17),
    ]);

    await house.sweep();
    expect(receiver.received).toEqual([]);

    house.clock.advance(17_000);
    await house.sweep();

    expect(await house.message(id)).toMatchObject({ state: 'delivered', tries: 2 });
    expect(await house.deliveries(id)).toMatchObject([{ try: 2, status: 204 }]);
  });

  it('tells the subject after all when the process died between delivery and telling', async () => {
    const { id, sessionId } = await aMessage();
    house.subject.failure = new Error('killed');
    expect(await house.callbacks.deliver(id)).toEqual({ delivered: true, status: 204 });
    expect(await house.message(id)).toMatchObject({ state: 'delivered', subject_told_at: null });

    house.subject.failure = null;
    await house.sweep();
    expect(house.subject.told).toEqual([]);
    house.clock.advance(10_000);
    await Promise.all([house.sweep(), second.sweep()]);

    expect(house.subject.told).toEqual([sessionId]);
    expect(receiver.received).toHaveLength(1);
    expect((await house.message(id)).subject_told_at).toEqual(house.clock.now());
  });

  it('does not let a late failure undo what another has delivered meanwhile', async () => {
    let openFirst: () => void = () => undefined;
    const isFirstOpen = new Promise<void>((resolve) => (openFirst = resolve));
    receiver.behaviour = (response) => void isFirstOpen.then(() => response.writeHead(500).end());
    const { id } = await aMessage();
    const late = house.callbacks.deliver(id);
    while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    house.clock.advance(60_000);
    receiver.behaviour = answers(200);
    await second.sweep();
    openFirst();

    expect(await late).toMatchObject({ delivered: false, status: 500 });
    expect(await house.message(id)).toMatchObject({ state: 'delivered', last_problem: null });
    expect(await house.deliveries(id)).toMatchObject([{ status: 500 }, { status: 200 }]);
  });

  it('does nothing in a replica that only serves the API', async () => {
    const api = await House.open(testDatabase.url, { ...house, role: 'api' });
    await aMessage();

    await api.sweep();
    await api.close();

    expect(receiver.received).toEqual([]);
  });

  it('waits on shutdown for the tries under way', async () => {
    const leaving = await House.open(testDatabase.url, house);
    receiver.behaviour = after(300, answers(200));
    const { id } = await aMessage();

    await leaving.sweeper.tick();
    await leaving.close();

    expect(await house.message(id)).toMatchObject({ state: 'delivered' });
    expect(house.subject.told).toHaveLength(1);
  });

  it('keeps its claim for the whole of a try where the clock runs faster', async () => {
    const fast = await House.open(testDatabase.url, { ...house, timeScale: 1000 });
    receiver.behaviour = after(200, answers(200));
    const { id } = await aMessage();

    await fast.sweeper.tick();
    const { claimed_until: claimedUntil } = await house.message(id);
    await fast.close();

    // A try of 7 s lasts 7000 s by a clock that runs a thousand times faster.
    expect(claimedUntil?.getTime()).toBeGreaterThan(house.clock.now().getTime() + 7_000_000);
  });

  it('survives a database that is away', async () => {
    const broken = await House.open(testDatabase.url, house);
    await broken.database.dataSource.destroy();

    await expect(broken.sweeper.tick()).resolves.toBeUndefined();

    expect(broken.log.join()).toContain('callback sweep failed');
    await broken.close();
  });

  it('shows backlog, age of the oldest, tries and lag as metrics', async () => {
    const measured = await House.open(testDatabase.url, house);
    receiver.behaviour = answers(500);
    const { id } = await aMessage({ dueAt: inSeconds(-42) });
    // Claimed elsewhere, so that it stays due through this tick.
    await house.database.query('UPDATE callback_message SET claimed_until = $2 WHERE id = $1', [id, inSeconds(60)]);
    const again = await aMessage({ dueAt: inSeconds(-5) });
    await house.database.query(
      `UPDATE callback_message SET state = 'delivered', delivered_at = now(), subject_told_at = now(), next_try_at = NULL, resend_at = $2,
         claimed_until = $3 WHERE id = $1`,
      [again.id, inSeconds(-5), inSeconds(60)],
    );
    await measured.sweep();
    await house.database.query('DELETE FROM callback_message WHERE id = $1', [again.id]);
    await house.database.query('UPDATE callback_message SET claimed_until = NULL');
    await measured.sweep();
    receiver.behaviour = answers(200);
    house.clock.advance(6_000);
    await measured.sweep();

    const { text } = await measured.metrics.render();
    expect(text).toContain('countersign_callback_backlog 2');
    expect(text).toContain('countersign_callback_oldest_due_seconds 42');
    expect(text).toContain('countersign_callback_tries_total{outcome="failed"} 1');
    expect(text).toContain('countersign_callback_tries_total{outcome="delivered"} 1');
    expect(text).toContain('countersign_callback_lag_seconds_sum 6');
    await measured.close();
  });
});
