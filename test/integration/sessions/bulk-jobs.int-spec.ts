/** Acts over many sessions as jobs: shared by replicas, done once, ended when their actor may not go on. */
import { encodeId, newUuidV7 } from '@app/kernel';
import type { AdminActor, MerchantScope } from '@app/platform';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { AdminJobsController } from '../../../libs/sessions/src/http/admin-jobs.controller';
import type { BulkJobRunner } from '../../../libs/sessions/src/jobs/bulk-job.runner';
import { BulkJobRepository } from '../../../libs/sessions/src/persistence/bulk-job.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';
import { aRunner, jobsEnd, operatorOf, type Shown } from './jobs-house';

let test: TestDatabase;
let house: House;
let second: House;
let controller: AdminJobsController;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  second = await house.replica();
  controller = house.get(AdminJobsController);
});

afterEach(async () => {
  house.connector.reset();
  house.upstream.reset();
  await house.database.query('DELETE FROM bulk_job');
});

afterAll(async () => {
  await second?.close();
  await house?.close();
  await test?.drop();
});

const operator = (merchants?: MerchantScope): Promise<AdminActor> => operatorOf(house, merchants);

async function challenged(at = house, count = 1): Promise<Session[]> {
  house.connector.answer = () => step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
  const sessions: Session[] = [];
  for (let made = 0; made < count; made++) {
    sessions.push((await at.service.create(at.actor(), at.command())).view.session);
  }
  return sessions;
}

async function atUpstream(): Promise<Session> {
  const channelId = await house.channel('upstream');
  house.upstream.answer = () => step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
  return (await house.service.create(house.actor(), house.command({ channelId }))).view.session;
}

const wire = ({ id }: Session): string => encodeId('session', id);
const create = async (actor: AdminActor, body: object, key?: string): Promise<Shown> =>
  (await controller.create(actor, key, body)) as Shown;
const shown = async (actor: AdminActor, { id }: Shown): Promise<Shown> => (await controller.show(actor, id)) as Shown;
const statusOf = async (session: Session): Promise<string> => (await house.stored(session.id)).status;
const expired = (sessions: readonly Session[]): Promise<{ subject: string; after: object; reason: string }[]> =>
  house.database.query(
    `SELECT subject, "after", reason FROM audit_entry WHERE act = 'session.expired' AND subject = ANY($1) ORDER BY seq`,
    [sessions.map(wire)],
  );

const runToTheEnd = (...runners: readonly BulkJobRunner[]): Promise<void> => jobsEnd(house, ...runners);

describe('a job', () => {
  it('is shared by two replicas, and each session is acted on and audited once, with the job’s id', async () => {
    const sessions = await challenged(house, 12);
    const actor = await operator();

    const job = await create(actor, { act: 'expire', ids: sessions.map(wire), reason: 'the shop has closed' });
    expect(job).toMatchObject({ state: 'running', total: 12, counts: { waiting: 12, done: 0 } });
    await runToTheEnd(aRunner(house), aRunner(second));

    expect(await shown(actor, job)).toMatchObject({ state: 'done', counts: { done: 12, failed: 0, waiting: 0 } });
    for (const session of sessions) expect(await statusOf(session)).toBe('challenge_abandoned');
    const entries = await expired(sessions);
    expect(entries.map(({ subject }) => subject).sort()).toEqual(sessions.map(wire).sort());
    expect(entries[0]).toMatchObject({ after: { job: job.id }, reason: 'the shop has closed' });
  });

  it('goes on where a process that had claimed a session was killed before it acted', async () => {
    const [session] = (await challenged()) as [Session];
    const actor = await operator();
    const job = await create(actor, { act: 'expire', ids: [wire(session)] });
    const limits = { limit: 8, share: 8, busy: new Map<string, number>() };
    const until = new Date(house.clock.now().getTime() + 60_000);
    const [dead] = await house.get(BulkJobRepository).claim(house.clock.now(), { ...limits, until });

    await aRunner(second).tick();
    expect(await shown(actor, job)).toMatchObject({ state: 'running', counts: { waiting: 1 } });
    house.clock.advance(61_000);
    await runToTheEnd(aRunner(second));

    expect(await shown(actor, job)).toMatchObject({ state: 'done', counts: { done: 1 } });
    expect(await expired([session])).toHaveLength(1);
    // One that was only slow finds that the item is no longer its own.
    expect(dead && (await house.get(BulkJobRepository).finish(dead, 'too_late'))).toBe(false);
  });

  it('asks again, and notes it once, where a process was killed between the audit log and the answer', async () => {
    const session = await atUpstream();
    const actor = await operator();
    const job = await create(actor, { act: 're_sync', ids: [wire(session)] });
    let asked = 0;
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    house.upstream.afterSilence = async () => {
      asked++;
      await held;
      return step('final', { transStatus: 'Y', resultSource: 'RReq' });
    };
    const slow = aRunner(house);
    await slow.tick();
    while (asked === 0) await new Promise((done) => setImmediate(done));

    house.clock.advance(61_000);
    const other = aRunner(second);
    await other.tick();
    while (asked === 1) await new Promise((done) => setImmediate(done));
    answer();
    await slow.settled();
    await runToTheEnd(other);

    expect(await shown(actor, job)).toMatchObject({ state: 'done', counts: { done: 1 } });
    expect(await statusOf(session)).toBe('approved');
    const entries = await house.database.query(
      `SELECT 1 FROM audit_entry WHERE act = 'session.re_synced' AND subject = $1`,
      [wire(session)],
    );
    expect(entries).toHaveLength(1);
  });

  it('has errors as outcomes of single sessions, those of others and of nobody alike', async () => {
    const [open] = (await challenged()) as [Session];
    const neighbour = await house.neighbour('fake');
    const [foreign] = (await challenged(neighbour)) as [Session];
    house.connector.reset();
    const final = (await house.service.create(house.actor(), house.command())).view.session;
    const nobody = encodeId('session', newUuidV7(new Date()));
    const actor = await operator([house.merchantId]);

    const job = await create(actor, { act: 'expire', ids: [wire(open), wire(final), wire(foreign), nobody] });
    await runToTheEnd(aRunner(house));

    const ended = await shown(actor, job);
    expect(ended).toMatchObject({ state: 'done', counts: { done: 1, failed: 3 } });
    expect(ended.failures).toEqual([
      { session_id: wire(final), code: 'update_not_allowed_due_to_state' },
      { session_id: wire(foreign), code: 'session_not_found' },
      { session_id: nobody, code: 'session_not_found' },
    ]);
    expect(await statusOf(foreign)).toBe('challenged');
  });

  it('of a filter has the sessions that it found when it was made, within the scope', async () => {
    const neighbour = await house.neighbour('fake');
    const [before, too] = (await challenged(neighbour, 2)) as [Session, Session];
    await challenged(house);
    const actor = await operator([neighbour.merchantId]);

    const job = await create(actor, { act: 'expire', filter: { status: 'challenged' } });
    const [after] = (await challenged(neighbour)) as [Session];
    await runToTheEnd(aRunner(house));

    expect(await shown(actor, job)).toMatchObject({ total: 2, counts: { done: 2 } });
    expect([await statusOf(before), await statusOf(too)]).toEqual(['challenge_abandoned', 'challenge_abandoned']);
    expect(await statusOf(after)).toBe('challenged');
  });

  it('that is cancelled does nothing any more, and stays so', async () => {
    const sessions = await challenged(house, 3);
    const actor = await operator();
    const job = await create(actor, { act: 'expire', ids: sessions.map(wire), reason: 'to be rid of them' });
    const other = await operator();
    const cancel = (reason: string) => controller.cancel(other, job.id, { reason });

    expect(await cancel('they pay')).toMatchObject({ state: 'cancelled', counts: { skipped: 3 } });
    await runToTheEnd(aRunner(house));
    expect(await cancel('once more')).toMatchObject({ state: 'cancelled', counts: { skipped: 3 } });

    for (const session of sessions) expect(await statusOf(session)).toBe('challenged');
    expect(await expired(sessions)).toEqual([]);
    const entries = await house.database.query(
      `SELECT act, actor_id, "before", "after", reason FROM audit_entry WHERE subject = $1 ORDER BY seq`,
      [job.id],
    );
    expect(entries).toEqual([
      expect.objectContaining({ act: 'job.created', reason: 'to be rid of them' }),
      {
        act: 'job.cancelled',
        actor_id: other.wireId,
        before: { state: 'running' },
        after: { state: 'cancelled' },
        reason: 'they pay',
      },
    ]);
  });

  it.each([
    ['is disabled', `UPDATE operator SET status = 'disabled' WHERE id = $1`, 'actor_not_active'],
    ['may not act any more', `UPDATE operator SET role = 'viewer' WHERE id = $1`, 'permission_missing'],
    [
      'has lost the merchant',
      `UPDATE operator SET merchant_ids = ARRAY[gen_random_uuid()] WHERE id = $1`,
      'merchant_scope_insufficient',
    ],
  ])('ends when the operator who made it %s', async (_what, sql, code) => {
    const sessions = await challenged(house, 3);
    const actor = await operator();
    const job = await create(actor, { act: 'expire', ids: sessions.map(wire) });

    await house.database.query(sql, [actor.id]);
    await runToTheEnd(aRunner(house));

    expect(await shown(await operator(), job)).toMatchObject({
      state: 'stopped',
      stop_code: code,
      counts: { done: 0, skipped: 3 },
    });
    expect(await expired(sessions)).toEqual([]);
  });

  it('is made once for one key, and another one with the same key is refused', async () => {
    const [session, other] = (await challenged(house, 2)) as [Session, Session];
    const actor = await operator();
    const body = { act: 'expire', ids: [wire(session)] };

    const [first, again] = await Promise.all([create(actor, body, 'once'), create(actor, body, 'once')]);

    expect(again.id).toBe(first.id);
    await expect(create(actor, { ...body, ids: [wire(other)] }, 'once')).rejects.toMatchObject({
      codes: ['idempotency_key_reused'],
    });
    expect(await house.database.query('SELECT 1 FROM bulk_job')).toHaveLength(1);
    // Nor is it told again to who has lost its merchant since.
    await expect(create({ ...actor, merchants: [] }, body, 'once')).rejects.toMatchObject({ codes: ['job_not_found'] });
  });

  it.each([
    ['sessions', { act: 'expire', ids: [`sid_${'a'.repeat(26)}`] }, 'callbacks.act'],
    ['callbacks', { act: 'replay_callback', ids: [`msg_${'a'.repeat(26)}`] }, 'sessions.act'],
  ] as const)('over %s is for who may act on them', async (_what, body, other) => {
    const actor = { ...(await operator()), permissions: new Set([other]) };

    await expect(create(actor, body)).rejects.toMatchObject({ codes: ['permission_missing'] });
    await expect(controller.preview(actor, body)).rejects.toMatchObject({ codes: ['permission_missing'] });
  });

  it('is there for those who have all of its merchants', async () => {
    const neighbour = await house.neighbour('fake');
    const [ours] = (await challenged()) as [Session];
    const [theirs] = (await challenged(neighbour)) as [Session];
    const job = await create(await operator(), { act: 'expire', ids: [wire(ours), wire(theirs)] });

    const both = await operator([house.merchantId, neighbour.merchantId]);
    const one = await operator([house.merchantId]);
    const idsFor = async (actor: AdminActor): Promise<unknown[]> =>
      (await controller.list(actor, {})).data.map((line) => (line as Shown).id);

    expect(await idsFor(both)).toEqual([job.id]);
    expect(await idsFor(one)).toEqual([]);
    await expect(controller.show(one, job.id)).rejects.toMatchObject({ codes: ['job_not_found'] });
    await expect(controller.cancel(one, job.id, {})).rejects.toMatchObject({ codes: ['job_not_found'] });
    expect(await shown(both, job)).toMatchObject({ state: 'running' });
  });

  it.each([
    ['no act', { ids: ['x'] }, ['act_required', 'ids_invalid']],
    ['an act that there is not', { act: 'approve' }, ['act_invalid', 'ids_required']],
    ['ids that are none', { act: 'expire', ids: ['sid_x'] }, ['ids_invalid']],
    ['no id', { act: 'expire', ids: [] }, ['ids_invalid']],
    ['too many ids', { act: 'expire', ids: Array(1_001).fill('sid_x') }, ['ids_invalid']],
    ['ids and a filter', { act: 'expire', ids: ['sid_x'], filter: {} }, ['ids_invalid']],
    ['a filter that is none', { act: 'expire', filter: 'all' }, ['filter_invalid']],
    ['a filter by what there is not', { act: 'expire', filter: { pan: '4' } }, ['filter_pan_invalid']],
    ['too long a reason', { act: 'expire', filter: {}, reason: 'x'.repeat(501) }, ['reason_invalid']],
  ])('is not made of %s', async (_what, body, codes) => {
    await expect(create(await operator(), body)).rejects.toMatchObject({ codes });
    expect(await house.database.query('SELECT 1 FROM bulk_job')).toEqual([]);
  });

  it('is not made of a filter that finds more than ten thousand', async () => {
    const neighbour = await house.neighbour('fake');
    await house.database.query(
      `INSERT INTO session (id, merchant_id, channel_id, access_key_id, environment, status, version, created_at, updated_at,
         deadline_at, flow, amount_minor, currency, details, secret_hash, secret_sealed, card_retention_minutes,
         attempt_number, event_seq, exchange_seq)
       SELECT (overlay($1::text placing lpad(to_hex(n), 12, '0') from 25))::uuid, $2, $3, $2, 'test', 'pending', 1, now(), now(),
         now(), 'non_hosted', 100, 'EUR', '{}', 'hash', 'sealed', 60, 1, 1, 1
       FROM generate_series(1, 10001) n`,
      [newUuidV7(house.clock.now()), neighbour.merchantId, neighbour.channelId],
    );
    const actor = await operator([neighbour.merchantId]);

    await expect(create(actor, { act: 'resend_callback', filter: {} })).rejects.toMatchObject({
      codes: ['filter_too_broad'],
    });
    expect(await house.database.query('SELECT 1 FROM bulk_job')).toEqual([]);
  });
});
