/** Callbacks that are sent again, one by one and as jobs, to a receiver that is not always well. */
import { Callbacks, CallbackReplays, CallbackSweeper } from '@app/callbacks';
import { encodeId, newUuidV7 } from '@app/kernel';
import type { AdminActor, MerchantScope } from '@app/platform';
import { AdminCallbackActsController } from '../../../libs/sessions/src/http/admin-callback-acts.controller';
import { AdminJobsController } from '../../../libs/sessions/src/http/admin-jobs.controller';
import { BulkJobRepository } from '../../../libs/sessions/src/persistence/bulk-job.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { answers, cuts, isSilent, Receiver, type Behaviour } from '../callbacks/receiver';
import { House } from './house';
import { aRunner, jobsEnd, operatorOf, type Shown } from './jobs-house';

let test: TestDatabase;
let house: House;
let second: House;
let jobs: AdminJobsController;
const receiver = new Receiver();

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  second = await house.replica();
  jobs = house.get(AdminJobsController);
  await receiver.start();
});

afterEach(async () => {
  receiver.reset();
  await house.database.query('DELETE FROM bulk_job');
  await house.database.query('DELETE FROM callback_message');
});

afterAll(async () => {
  await receiver.stop();
  await second?.close();
  await house?.close();
  await test?.drop();
});

interface Message {
  readonly id: string;
  readonly wire: string;
  readonly session: string;
}

/** Given up when nothing else is said, as after days of an outage. */
async function owed(on: House = house, path = '/', state: 'dead' | 'delivered' = 'dead'): Promise<Message> {
  const at = house.clock.now();
  const session = await on.insert(on.aSession({ status: 'approved', finalAt: at, deadlineAt: null }));
  const url = new URL(path, receiver.url).href;
  const { id } = await house.database.transaction((tx) =>
    house.get(Callbacks).enqueue(tx, {
      kind: 'session_completed',
      merchantId: on.merchantId,
      environment: 'test',
      channelId: on.channelId,
      sessionId: session.id,
      url,
      payload: { status: 'approved', session_id: encodeId('session', session.id) },
      dueAt: at,
    }),
  );
  await house.database.query(
    `UPDATE callback_message SET state = $2, next_try_at = NULL, step = 10, tries = 10, last_problem = 'refused',
       delivered_at = CASE WHEN $2 = 'delivered' THEN created_at END, subject_told_at = created_at WHERE id = $1`,
    [id, state],
  );
  return { id, wire: encodeId('message', id), session: encodeId('session', session.id) };
}

const many = (count: number, on: House = house): Promise<Message[]> =>
  Promise.all(Array.from({ length: count }, () => owed(on)));

const REPLAY = { act: 'replay_callback' };
const operator = (merchants?: MerchantScope): Promise<AdminActor> => operatorOf(house, merchants);
const create = async (actor: AdminActor, body: object, key?: string): Promise<Shown> =>
  (await jobs.create(actor, key, { ...REPLAY, ...body })) as Shown;
const shown = async (actor: AdminActor, { id }: Shown): Promise<Shown> => (await jobs.show(actor, id)) as Shown;
const sent = (): string[] => receiver.received.map(({ headers }) => String(headers['webhook-id']));
const stateOf = async ({ id }: Message): Promise<string | undefined> =>
  (await house.database.query<{ state: string }>('SELECT state FROM callback_message WHERE id = $1', [id]))[0]?.state;
const audited = (messages: readonly Message[]): Promise<{ subject: string; after: object; reason: string }[]> =>
  house.database.query(
    `SELECT subject, "after", reason FROM audit_entry WHERE act = 'callback.replayed' AND subject = ANY($1) ORDER BY seq`,
    [messages.map(({ wire }) => wire)],
  );

/** Different endpoints of one receiver. */
const byPath =
  (behaviours: Readonly<Record<string, Behaviour>>): Behaviour =>
  (response, request) =>
    (behaviours[request.url ?? ''] ?? answers(204))(response, request);

describe('a replay of a time window', () => {
  it('is shared by two replicas and sends each message of it once, with the id that it always had', async () => {
    const before = await owed();
    house.clock.advance(3_600_000);
    const from = house.clock.now();
    const given = await many(7);
    const known = await owed(house, '/', 'delivered');
    const inside = [...given, known];
    house.clock.advance(3_600_000);
    const until = house.clock.now();
    await owed();
    const actor = await operator();
    const filter = { created_at: { gte: from.toISOString(), lt: until.toISOString() } };

    expect(await jobs.preview(actor, { ...REPLAY, filter })).toEqual({
      total: 8,
      merchants: [{ merchant_id: encodeId('merchant', house.merchantId), total: 8 }],
    });
    const job = await create(actor, { filter, reason: 'their database was restored' });
    await jobsEnd(house, aRunner(house), aRunner(second));

    expect(await shown(actor, job)).toMatchObject({ state: 'done', total: 8, counts: { done: 8, failed: 0 } });
    expect(sent().sort()).toEqual(inside.map(({ wire }) => wire).sort());
    for (const message of inside) expect(await stateOf(message)).toBe('delivered');
    expect(await stateOf(before)).toBe('dead');
    const entries = await audited(inside);
    expect(entries).toHaveLength(8);
    expect(entries[0]).toMatchObject({ after: { job: job.id }, reason: 'their database was restored' });
  });

  it('tells of each message what its merchant did instead of taking it', async () => {
    receiver.behaviour = byPath({ '/busy': answers(503), '/gone': answers(410), '/cut': cuts, '/moved': answers(302) });
    const well = await owed();
    const paths = ['/busy', '/gone', '/cut', '/moved'];
    const failing: Message[] = [];
    for (const path of paths) failing.push(await owed(house, path));
    const nobody = await owed(house, 'http://127.0.0.1:9/');
    const actor = await operator();

    const job = await create(actor, { filter: { state: 'dead' } });
    await jobsEnd(house, aRunner(house));

    const ended = await shown(actor, job);
    expect(ended).toMatchObject({ state: 'done', counts: { done: 1, failed: 5 } });
    const codes = new Map(ended.failures.map(({ message_id: id, code }) => [id, code]));
    expect(failing.map(({ wire }) => codes.get(wire))).toEqual(['bad_status', 'bad_status', 'cut', 'redirect']);
    expect(codes.get(nobody.wire)).toBe('refused');
    expect(await stateOf(well)).toBe('delivered');
    // Their schedule begins anew, so that the job need not be made again when they are back.
    for (const message of failing) expect(await stateOf(message)).toBe('due');
    const { data } = await jobs.items(actor, job.id, { filter: '{"state":"failed"}', limit: '2' });
    expect(data).toHaveLength(2);
    for (const item of data as readonly { message_id: string; state: string; code: string }[])
      expect(item).toMatchObject({ state: 'failed', code: codes.get(item.message_id) });
  });

  it('finds the callbacks of merchants in scope only, and what somebody names beside is not there', async () => {
    const neighbour = await house.neighbour('fake');
    const [ours, theirs] = [await owed(), await owed(neighbour)];
    const actor = await operator([house.merchantId]);

    expect(await jobs.preview(actor, { ...REPLAY, filter: {} })).toMatchObject({ total: 1 });
    const job = await create(actor, { ids: [ours.wire, theirs.wire] });
    await jobsEnd(house, aRunner(house));

    expect(await shown(actor, job)).toMatchObject({
      counts: { done: 1, failed: 1 },
      failures: [{ session_id: null, message_id: theirs.wire, code: 'callback_not_found' }],
    });
    expect(sent()).toEqual([ours.wire]);
  });

  it('is not made of more than ten thousand', async () => {
    await house.database.query(
      `INSERT INTO callback_message (id, merchant_id, environment, channel_id, session_id, kind, url, payload, state, created_at)
       SELECT (overlay($1::text placing lpad(to_hex(n), 12, '0') from 25))::uuid, $2, 'test', $3, gen_random_uuid(),
         'session_completed', 'https://shop.example', '{}', 'dead', now() FROM generate_series(1, 10001) n`,
      [newUuidV7(house.clock.now()), house.merchantId, house.channelId],
    );
    const actor = await operator();

    await expect(jobs.preview(actor, { ...REPLAY, filter: {} })).rejects.toMatchObject({ codes: ['filter_too_broad'] });
    await expect(create(actor, { filter: {} })).rejects.toMatchObject({ codes: ['filter_too_broad'] });
  });
});

describe('a resend of the last callbacks of sessions', () => {
  it('tells of each session what its merchant did instead of taking it, delivered before or not', async () => {
    receiver.behaviour = byPath({ '/busy': answers(503), '/cut': cuts });
    const [well, dead] = [await owed(house, '/', 'delivered'), await owed()];
    const failing = [await owed(house, '/busy', 'delivered'), await owed(house, '/cut')];
    const none = await house.insert(
      house.aSession({ status: 'approved', finalAt: house.clock.now(), deadlineAt: null }),
    );
    const actor = await operator();
    const ids = [...[well, dead, ...failing].map(({ session }) => session), encodeId('session', none.id)];

    const job = await create(actor, { act: 'resend_callback', ids });
    await jobsEnd(house, aRunner(house));

    const ended = await shown(actor, job);
    expect(ended).toMatchObject({ state: 'done', counts: { done: 2, failed: 3 } });
    expect(ended.failures.map(({ code }) => code)).toEqual(['bad_status', 'cut', 'nothing_to_resend']);
    expect(sent().sort()).toEqual([well, dead, ...failing].map(({ wire }) => wire).sort());
  });
});

describe('a process that is killed in the middle of a replay', () => {
  /** Has claimed a message and noted that it is wanted, and is no more. */
  async function died(act?: 'resend_callback'): Promise<{ message: Message; actor: AdminActor; job: Shown }> {
    const message = await owed();
    const actor = await operator();
    const job = await create(actor, act ? { act, ids: [message.session] } : { ids: [message.wire] });
    const repository = house.get(BulkJobRepository);
    const until = new Date(house.clock.now().getTime() + 60_000);
    const [item] = await repository.claim(house.clock.now(), { limit: 1, share: 1, busy: new Map(), until });
    await house.database.transaction(async (tx) => {
      await house.get(CallbackReplays).take(tx, message.id, house.merchantId);
      if (item) await repository.note(item, house.clock.now(), tx);
    });
    return { message, actor, job };
  }

  it.each([undefined, 'resend_callback'] as const)(
    'is followed by another one, which sends what was not sent: %s',
    async (act) => {
      const { message, actor, job } = await died(act);

      house.clock.advance(61_000);
      await jobsEnd(house, aRunner(second));

      expect(sent()).toEqual([message.wire]);
      expect(await shown(actor, job)).toMatchObject({ state: 'done', counts: { done: 1 } });
    },
  );

  it('is followed by another one, which sends nothing that the sweeper has sent since', async () => {
    const { message, actor, job } = await died();
    const sweeper = second.get(CallbackSweeper);

    house.clock.advance(18_000);
    await sweeper.sweep();
    await sweeper.settled();
    house.clock.advance(61_000);
    await jobsEnd(house, aRunner(second));

    expect(sent()).toEqual([message.wire]);
    expect(await shown(actor, job)).toMatchObject({ state: 'done', counts: { done: 1 } });
  });
});

describe('an endpoint that hangs', () => {
  /** Lets go of everybody who waits for an answer. */
  async function hangUp(): Promise<void> {
    await receiver.stop();
    await receiver.start();
  }

  it('holds a few places of its merchant, while others get theirs, and a job that is cancelled begins no more', async () => {
    const neighbour = await house.neighbour('fake');
    const mine = await many(12);
    const theirs = await owed(neighbour, '/well');
    receiver.behaviour = (response, request) => (request.url === '/well' ? answers(204) : isSilent)(response, request);
    const actor = await operator();
    const job = await create(actor, { ids: [...mine, theirs].map(({ wire }) => wire) });
    const runner = aRunner(house);

    await runner.tick();
    while ((await stateOf(theirs)) !== 'delivered') await runner.tick();
    while (receiver.received.length < 5) await runner.tick();
    await jobs.cancel(actor, job.id, null);
    await hangUp();
    await runner.settled();
    await runner.tick();

    expect(await shown(actor, job)).toMatchObject({
      state: 'cancelled',
      counts: { waiting: 0, done: 1, failed: 4, skipped: 8 },
    });
    expect(receiver.received).toHaveLength(5);
  });
});

describe('one callback', () => {
  const replay = (actor: AdminActor, { wire }: Message, key?: string): Promise<object> =>
    house.get(AdminCallbackActsController).replay(actor, wire, key, { reason: 'they asked' });

  it('is sent again at once, which tells what its merchant answered, and once for each key', async () => {
    const message = await owed(house, '/', 'delivered');
    const actor = await operator();

    const [one, same] = await Promise.all([replay(actor, message, 'once'), replay(actor, message, 'once')]);

    expect([one, same]).toEqual(Array(2).fill({ delivered: true, status: 204, problem: null }));
    expect(sent()).toEqual([message.wire]);
    expect(await audited([message])).toMatchObject([{ reason: 'they asked' }]);
    expect(await stateOf(message)).toBe('delivered');
  });

  it('tells that it was not taken, and stays delivered where it was', async () => {
    const message = await owed(house, '/', 'delivered');
    receiver.behaviour = answers(500);

    expect(await replay(await operator(), message)).toEqual({ delivered: false, status: 500, problem: 'bad_status' });
    expect(await stateOf(message)).toBe('delivered');
  });

  it('is not there for those who do not have its merchant', async () => {
    const message = await owed();

    await expect(replay(await operator([newUuidV7(new Date())]), message)).rejects.toMatchObject({
      codes: ['callback_not_found'],
    });
    expect(sent()).toEqual([]);
  });
});
