import { encodeId, newUuidV4, Secret } from '@app/kernel';
import { Webhook } from 'standardwebhooks';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { House } from './callbacks-house';
import { after, answers, cuts, cutsInTheMiddle, isGarbage, isSilent, Receiver, type Behaviour } from './receiver';

const CRYPTOGRAM = 'AAABBIIFmAAAAAAAAAAAAAAAAAA=';

describe('a callback', () => {
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
    house.subject.kept = {};
    house.subject.told.length = 0;
    house.log.length = 0;
    await house.empty();
  });
  afterAll(async () => {
    await receiver.stop();
    await house.close();
    await testDatabase.drop();
  });

  const aMessage = (more: Partial<Parameters<House['enqueue']>[0]> = {}): ReturnType<House['enqueue']> =>
    house.enqueue({ ...channel, url: receiver.url, ...more });

  it('is owed only when the change that it reports is committed', async () => {
    const refused = house.database.transaction(async (tx) => {
      await house.callbacks.enqueue(tx, {
        ...channel,
        kind: 'session_completed',
        environment: 'test',
        sessionId: newUuidV4(),
        url: receiver.url,
        payload: {},
        dueAt: house.clock.now(),
      });
      throw new Error('the change failed');
    });

    await expect(refused).rejects.toThrow('the change failed');
    expect(await house.database.query('SELECT 1 FROM callback_message')).toEqual([]);
  });

  it('is owed once per session, however often it is asked for', async () => {
    const sessionId = newUuidV4();

    const made = await Promise.all([1, 2, 3, 4, 5].map(() => aMessage({ sessionId })));

    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it('asked for ahead of time is on the schedule from then on, should the first try fail', async () => {
    receiver.behaviour = answers(500);
    const { sessionId } = await aMessage({ dueAt: new Date(house.clock.now().getTime() + 300_000) });

    const { id } = await aMessage({ sessionId });
    await house.callbacks.deliver(id);

    const next = (await house.message(id)).next_try_at;
    expect((next?.getTime() ?? 0) - house.clock.now().getTime()).toBeLessThan(6_000);
    expect(await house.message(id)).toMatchObject({ state: 'due', tries: 1, step: 1 });
  });

  it('asked for again keeps its place in a schedule that has begun', async () => {
    receiver.behaviour = answers(500);
    const { id, sessionId } = await aMessage();
    await house.callbacks.deliver(id);
    const planned = (await house.message(id)).next_try_at;

    await aMessage({ sessionId });

    expect(await house.message(id)).toMatchObject({ step: 1, next_try_at: planned });
  });

  it('does not go to a merchant whose session it is not', async () => {
    const { sessionId } = await aMessage();
    const stranger = await house.aChannel();

    await expect(house.enqueue({ ...stranger, url: receiver.url, sessionId })).rejects.toThrow('another merchant');
  });

  it('reaches the merchant with a signature that the Standard Webhooks library accepts', async () => {
    const { id } = await aMessage();

    expect(await house.callbacks.deliver(id)).toEqual({ delivered: true, status: 204 });

    const { headers, body, path } = receiver.only;
    expect(path).toBe('/callback');
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': encodeId('message', id) });
    expect(headers['user-agent']).toMatch(/^Countersign\/\d/);
    const verified = new Webhook(channel.webhookSecret).verify(body, headers as Record<string, string>);
    expect(verified).toEqual({ status: 'approved', reference: 'ORD-1' });
  });

  it('is unsigned where the channel has no secret', async () => {
    const other = await house.aChannel();
    await house.database.query('UPDATE processing_channel SET webhook_secret_sealed = NULL WHERE id = $1', [
      other.channelId,
    ]);
    const { id } = await house.enqueue({ ...other, url: receiver.url });

    expect(await house.callbacks.deliver(id)).toEqual({ delivered: true, status: 204 });
    expect(receiver.only.headers).not.toHaveProperty('webhook-signature');
  });

  it('is not sent for a channel that cannot be found', async () => {
    const { id } = await aMessage({ channelId: newUuidV4() });

    expect(await house.callbacks.deliver(id)).toEqual({ delivered: false, problem: 'channel_missing' });
    expect(receiver.received).toEqual([]);
  });

  it('carries the authentication value while it is kept, and never stores it', async () => {
    house.subject.kept = { cryptogram: new Secret(CRYPTOGRAM), eci: '05', xid: 'eHh4eHh4eHh4eHh4eHh4eHh4eHg=' };
    const { id } = await aMessage();

    await house.callbacks.deliver(id);

    expect(JSON.parse(receiver.only.body)).toEqual({
      status: 'approved',
      reference: 'ORD-1',
      cryptogram: CRYPTOGRAM,
      eci: '05',
      xid: 'eHh4eHh4eHh4eHh4eHh4eHh4eHg=',
    });
    const stored = await house.database.query(`
      SELECT message::text FROM callback_message AS message UNION ALL
      SELECT delivery::text FROM callback_delivery AS delivery`);
    expect(JSON.stringify(stored)).not.toMatch(/AAABBII|eHh4/);
    expect(house.log.join()).not.toMatch(/AAABBII|eHh4|ORD-1|127\.0\.0\.1/);
  });

  it.each(['cryptogram', 'xid'])('is refused by the table when its payload holds a %s', async (name) => {
    const payload = { [name]: CRYPTOGRAM } as Record<string, never>;

    await expect(aMessage({ payload })).rejects.toMatchObject({
      constraint: 'ck_callback_message_no_authentication_value',
    });
  });

  const failures: [string, Behaviour, { status?: number; problem: string }][] = [
    ['500', answers(500), { status: 500, problem: 'bad_status' }],
    ['404', answers(404), { status: 404, problem: 'bad_status' }],
    ['a redirect', answers(302, { location: '/elsewhere' }), { status: 302, problem: 'redirect' }],
    ['a cut connection', cuts, { problem: 'cut' }],
    ['an answer cut in the middle', cutsInTheMiddle, { problem: 'cut' }],
    ['garbage', isGarbage, { problem: 'cut' }],
    ['silence', isSilent, { problem: 'timeout' }],
    ['a flood', (response) => response.end(Buffer.alloc(1024 * 1024)), { problem: 'too_large' }],
  ];

  it.each(failures)('answered by %s is not delivered and stays on the schedule', async (_, behaviour, expected) => {
    receiver.behaviour = behaviour;
    const { id } = await aMessage();

    expect(await house.callbacks.deliver(id, 500)).toEqual({ delivered: false, ...expected });

    expect(receiver.received).toHaveLength(1);
    const row = await house.message(id);
    expect(row).toMatchObject({
      state: 'due',
      tries: 1,
      step: 1,
      claimed_until: null,
      last_status: expected.status ?? null,
      last_problem: expected.problem,
    });
    const delay = (row.next_try_at as Date).getTime() - house.clock.now().getTime();
    expect(delay).toBeGreaterThanOrEqual(4500);
    expect(delay).toBeLessThanOrEqual(5500);
    expect(await house.deliveries(id)).toMatchObject([{ try: 1, status: expected.status ?? null }]);
    expect(house.subject.told).toEqual([]);
  });

  it('to a port where nobody listens is not delivered', async () => {
    const gone = new Receiver();
    await gone.start();
    const url = gone.url;
    await gone.stop();
    const { id } = await aMessage({ url });

    expect(await house.callbacks.deliver(id)).toEqual({ delivered: false, problem: 'refused' });
  });

  it('to something that is not http is not tried', async () => {
    const { id } = await aMessage({ url: 'ftp://shop.test/callback' });

    expect(await house.callbacks.deliver(id)).toEqual({ delivered: false, problem: 'invalid_url' });
  });

  it('outside demo mode to an address inside is not tried, however often it is due', async () => {
    const production = await House.open(testDatabase.url, { clock: house.clock, demo: false });
    const { id } = await aMessage();

    expect(await production.callbacks.deliver(id)).toEqual({ delivered: false, problem: 'forbidden_address' });
    house.clock.advance(60_000);
    await production.sweep();

    expect(receiver.received).toEqual([]);
    expect(await house.message(id)).toMatchObject({ state: 'due', tries: 2, last_problem: 'forbidden_address' });
    await production.close();
  });

  it('tells its subject once it is delivered, and is not sent again', async () => {
    const { id, sessionId } = await aMessage();

    await house.callbacks.deliver(id);
    expect(await house.callbacks.deliver(id)).toEqual({ delivered: true, status: 204 });

    expect(receiver.received).toHaveLength(1);
    expect(house.subject.told).toEqual([sessionId]);
    expect(await house.message(id)).toMatchObject({ state: 'delivered', next_try_at: null, claimed_until: null });
  });

  it('asked for many times at once makes one request, and everybody hears its outcome', async () => {
    receiver.behaviour = after(200, answers(200));
    const { id, sessionId } = await aMessage();

    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, () => house.callbacks.deliver(id)),
      house.sweep().then(() => ({ delivered: true, status: 200 })),
    ]);

    expect(outcomes).toEqual(Array.from({ length: 11 }, () => ({ delivered: true, status: 200 })));
    expect(receiver.received).toHaveLength(1);
    expect(house.subject.told).toEqual([sessionId]);
  });

  it('asked for twice at once fails for both when the one try fails', async () => {
    receiver.behaviour = after(200, answers(503));
    const { id } = await aMessage();

    const outcomes = await Promise.all([house.callbacks.deliver(id), house.callbacks.deliver(id)]);

    expect(outcomes).toEqual(Array(2).fill({ delivered: false, status: 503, problem: 'bad_status' }));
    expect(receiver.received).toHaveLength(1);
  });

  it('keeps its webhook-id over retries', async () => {
    receiver.behaviour = answers(500);
    const { id } = await aMessage();

    await house.callbacks.deliver(id);
    receiver.behaviour = answers(200);
    await house.callbacks.deliver(id);

    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([encodeId('message', id), encodeId('message', id)]);
    expect(await house.deliveries(id)).toMatchObject([
      { try: 1, status: 500, problem: 'bad_status' },
      { try: 2, status: 200, problem: null },
    ]);
  });

  it('does not use its schedule up when a merchant asks ahead of time', async () => {
    receiver.behaviour = answers(500);
    const { id } = await aMessage();
    await house.callbacks.deliver(id);
    const planned = (await house.message(id)).next_try_at;

    for (let again = 0; again < 12; again++) await house.callbacks.deliver(id);

    expect(await house.message(id)).toMatchObject({ state: 'due', tries: 13, step: 1, next_try_at: planned });
  });

  it('that nobody knows is not found', async () => {
    await expect(house.callbacks.deliver(newUuidV4())).rejects.toMatchObject({ codes: ['callback_not_found'] });
  });

  it('leaves one line in the log per try', async () => {
    const { id, sessionId } = await aMessage();

    await house.callbacks.deliver(id);

    const lines = house.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([
      expect.objectContaining({
        message: encodeId('message', id),
        session: encodeId('session', sessionId),
        try: 1,
        status: 204,
        outcome: 'delivered',
        msg: 'callback try',
      }),
    ]);
  });
});
