import { encodeId, newUuidV4 } from '@app/kernel';
import { parseListQuery } from '@app/platform';
import { CALLBACK_LISTING } from '../../../libs/callbacks/src/admin/callback-listing';
import { CallbackFiguresRepository } from '../../../libs/callbacks/src/persistence/callback-figures.repository';
import { CallbackSearchRepository } from '../../../libs/callbacks/src/persistence/callback-search.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { House } from './callbacks-house';
import { answers, isSilent, Receiver } from './receiver';

let testDatabase: TestDatabase;
let house: House;
let channel: Awaited<ReturnType<House['aChannel']>>;
const receiver = new Receiver();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  house = await House.open(testDatabase.url);
  channel = await house.aChannel();
  await receiver.start();
}, 120_000);

afterEach(async () => {
  receiver.reset();
  house.subject.told.length = 0;
  await house.empty();
});

afterAll(async () => {
  await receiver.stop();
  await house.close();
  await testDatabase.drop();
});

type Message = Awaited<ReturnType<House['enqueue']>>;

async function delivered(more: object = {}): Promise<Message> {
  const message = await house.enqueue({ ...channel, url: receiver.url, ...more });
  await house.callbacks.deliver(message.id);
  return message;
}

const resend = ({ sessionId }: Pick<Message, 'sessionId'>): Promise<string> =>
  house.database.transaction((tx) => house.callbacks.resend(tx, sessionId, channel.merchantId));

const later = (ms: number): Date => new Date(house.clock.now().getTime() + ms);

describe('a message that its merchant has', () => {
  it('is sent again with the same id and body, and nobody is told a second time', async () => {
    const message = await delivered();

    expect(await resend(message)).toBe(message.id);
    await house.sweep();

    const [first, second, ...others] = receiver.received;
    expect(others).toEqual([]);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(encodeId('message', message.id));
    expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
    expect(house.subject.told).toEqual([message.sessionId]);
    expect(await house.deliveries(message.id)).toMatchObject([{ try: 1 }, { try: 2, status: 204, problem: null }]);
  });

  it('stays delivered when the one more try fails, and is not tried on its own', async () => {
    const message = await delivered();
    receiver.behaviour = answers(500);
    await resend(message);

    await house.sweep();
    house.clock.advance(3_600_000);
    await house.sweep();

    expect(receiver.received).toHaveLength(2);
    expect(await house.message(message.id)).toMatchObject({ state: 'delivered', next_try_at: null });
    expect(await house.deliveries(message.id)).toMatchObject([{ status: 204 }, { status: 500, problem: 'bad_status' }]);
  });

  it('is sent again by another when who sent it died', async () => {
    const message = await delivered();
    await resend(message);
    await house.database.query('UPDATE callback_message SET claimed_until = $2, tries = tries + 1 WHERE id = $1', [
      message.id,
      later(17_000),
    ]);

    await house.sweep();
    expect(receiver.received).toHaveLength(1);
    house.clock.advance(18_000);
    await house.sweep();

    expect(receiver.received).toHaveLength(2);
  });

  it('is wanted once more only once at a time, by however many', async () => {
    const message = await delivered();

    const asked = await Promise.allSettled([1, 2, 3].map(() => resend(message)));

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'conflict', codes: ['callback_under_way'] },
    });
  });

  it('was taken on the first try, however often it is sent again', async () => {
    const figures = new CallbackFiguresRepository(house.database);
    const message = await delivered();
    await resend(message);
    await house.sweep();

    expect(await house.message(message.id)).toMatchObject({ tries: 2 });
    for (const scope of ['all', [channel.merchantId]] as const)
      expect(await figures.since(later(-60_000), later(0), scope)).toContainEqual(
        expect.objectContaining({ minute: null, owed: 1, delivered: 1, atFirstTry: 1 }),
      );
  });

  it('is due, wherever that is counted, until it was sent again', async () => {
    const figures = new CallbackFiguresRepository(house.database);
    const search = house.get(CallbackSearchRepository);
    const due = async (isDue: boolean): Promise<number> =>
      (await search.matching([{ field: 'is_due_now', operator: 'eq', values: [isDue] }], 'all', 10)).length;
    const again = async (isWanted: boolean): Promise<(Date | null)[]> => {
      const query = parseListQuery(CALLBACK_LISTING, { filter: JSON.stringify({ is_being_sent_again: isWanted }) });
      return (await search.list(query, [channel.merchantId])).map(({ resendAt }) => resendAt);
    };
    await resend(await delivered());

    for (const scope of ['all', [channel.merchantId]] as const)
      expect(await figures.standing(house.clock.now(), scope)).toMatchObject([
        { due: 1, oldestDueAt: house.clock.now() },
      ]);
    // The list goes by the clock of the database.
    await house.database.query(`UPDATE callback_message SET resend_at = now() - interval '1 s'`);
    expect([await due(true), await due(false)]).toEqual([1, 0]);
    expect([await again(true), await again(false)]).toEqual([[expect.any(Date)], []]);
    await house.sweep();
    expect(await figures.standing(house.clock.now(), 'all')).toEqual([]);
    expect([await due(true), await due(false)]).toEqual([0, 1]);
    expect([await again(true), await again(false)]).toEqual([[], [null]]);
  });

  it('is shown with what became of each try', async () => {
    const message = await delivered();
    await resend(message);
    await house.sweep();

    expect(await house.callbacks.ofSession(message.sessionId, channel.merchantId)).toEqual([
      expect.objectContaining({
        id: message.id,
        kind: 'session_completed',
        state: 'delivered',
        resendAt: null,
        deliveries: [
          expect.objectContaining({ try: 1, status: 204 }),
          expect.objectContaining({ try: 2, status: 204 }),
        ],
      }),
    ]);
    expect(await house.callbacks.ofSession(message.sessionId, newUuidV4())).toEqual([]);
  });
});

describe('a message that was given up', () => {
  it('is on its schedule again, from the beginning', async () => {
    const message = await delivered();
    await house.database.query(
      `UPDATE callback_message SET state = 'dead', delivered_at = NULL, step = 10, subject_told_at = NULL WHERE id = $1`,
      [message.id],
    );
    receiver.behaviour = answers(500);
    await resend(message);

    await house.sweep();

    const { next_try_at: next, ...row } = await house.message(message.id);
    expect(row).toMatchObject({ state: 'due', step: 1 });
    expect(next?.getTime()).toBeLessThan(later(6_000).getTime());
  });
});

describe('a message that waits for its next try', () => {
  it('has that try now', async () => {
    const message = await house.enqueue({ ...channel, url: receiver.url, dueAt: later(300_000) });

    await resend(message);
    await house.sweep();

    expect(receiver.received).toHaveLength(1);
    expect(await house.message(message.id)).toMatchObject({ state: 'delivered', tries: 1 });
  });

  it('is left alone where that is due anyhow', async () => {
    const message = await house.enqueue({ ...channel, url: receiver.url });

    await expect(resend(message)).rejects.toMatchObject({ codes: ['callback_under_way'] });
  });
});

it('refuses where there is no message, or it is another merchant’s', async () => {
  const message = await delivered();
  const foreign = house.database.transaction((tx) => house.callbacks.resend(tx, message.sessionId, newUuidV4()));

  await expect(foreign).rejects.toMatchObject({ kind: 'conflict', codes: ['nothing_to_resend'] });
  await expect(resend({ sessionId: newUuidV4() })).rejects.toMatchObject({ codes: ['nothing_to_resend'] });
});

it('does not let one merchant’s endpoint that hangs keep the others’ waiting', async () => {
  const other = await house.aChannel();
  const mine = await Promise.all(Array.from({ length: 12 }, () => delivered()));
  const theirs = await delivered(other);
  receiver.received.length = 0;
  receiver.behaviour = isSilent;
  for (const message of mine) await resend(message);
  await house.database.transaction((tx) => house.callbacks.resend(tx, theirs.sessionId, other.merchantId));

  await house.sweeper.tick();

  const claimed = await house.database.query<{ merchant_id: string; count: number }>(
    `SELECT merchant_id, count(*)::int AS count FROM callback_message WHERE claimed_until > $1 GROUP BY merchant_id`,
    [house.clock.now()],
  );
  expect(new Map(claimed.map(({ merchant_id: merchant, count }) => [merchant, count]))).toEqual(
    new Map([
      [channel.merchantId, 8],
      [other.merchantId, 1],
    ]),
  );
  await receiver.stop();
  await house.sweeper.settled();
  await receiver.start();
});
