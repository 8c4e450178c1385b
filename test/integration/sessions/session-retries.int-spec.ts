import { CredentialsAdmin } from '@app/credentials';
import { decodeId, encodeId, newUuidV7 } from '@app/kernel';
import type { AdminActor, MerchantScope } from '@app/platform';
import { AdminRetryController } from '../../../libs/sessions/src/http/admin-retry.controller';
import { minutesAfter } from '../../../libs/sessions/src/domain/deadlines';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { aDevice, HOSTED } from '../../../libs/sessions/src/testing/sessions';
import { SessionRetryRepository } from '../../../libs/sessions/src/persistence/session-retry.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House, NUMBER } from './house';

let test: TestDatabase;
let house: House;
let controller: AdminRetryController;
let admin: CredentialsAdmin;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  controller = house.get(AdminRetryController);
  admin = house.get(CredentialsAdmin);
});

afterEach(() => {
  house.connector.reset();
  house.upstream.reset();
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

interface Answer {
  kind: string;
  code: string | null;
  session_id: string;
  hosted_url: string | null;
  link_ends_at: string;
  retried_as: string | null;
}

function operator(merchants: MerchantScope = 'all'): AdminActor {
  const id = newUuidV7(new Date());
  return {
    kind: 'operator',
    id,
    wireId: encodeId('operator', id),
    name: 'ada@example.com',
    origin: { address: '192.0.2.1', requestId: null },
    role: 'operator',
    permissions: new Set(['sessions.act']),
    merchants,
    sessionId: null,
  };
}

const wire = ({ id }: Session): string => encodeId('session', id);
const idOf = ({ session_id: id }: Answer): string => decodeId('session', id) ?? '';
const explain = async (session: Session): Promise<Answer> =>
  (await controller.explain(operator(), wire(session))) as Answer;
const retry = async (
  session: Session,
  { body = {}, key, actor = operator() }: { body?: object; key?: string; actor?: AdminActor } = {},
): Promise<Answer> => (await controller.retry(actor, wire(session), key, body)) as Answer;

async function declined(more: Parameters<House['command']>[0] = {}): Promise<Session> {
  house.connector.answer = () => step('final', { transStatus: 'N', resultSource: 'ARes' });
  const { session } = (await house.service.create(house.actor(), house.command(more))).view;
  house.connector.reset();
  return session;
}

const messages = (sessionId: string): Promise<{ kind: string; payload: Record<string, unknown> }[]> =>
  house.database.query('SELECT kind, payload FROM callback_message WHERE session_id = $1 ORDER BY id', [sessionId]);

const CALLBACK = 'https://merchant.example/callback';

describe('a session that is final and failed', () => {
  it('gets a successor of the same request, with a link and card data that live as long', async () => {
    const session = await declined({ callbackUrl: CALLBACK });
    expect(await explain(session)).toMatchObject({ kind: 'new_session', code: null });

    const answer = await retry(session, { body: { link_hours: 48, reason: 'the cardholder called' } });

    const successor = await house.stored(idOf(answer));
    expect(answer.hosted_url).toMatch(/^http:\/\/127\.0\.0\.1:4000\/hosted\/[\w-]{43}$/);
    expect(successor).toMatchObject({
      status: 'pending',
      flow: 'hosted',
      retryOf: session.id,
      lifeMinutes: 48 * 60,
      amountMinor: session.amountMinor,
      currency: session.currency,
      reference: session.reference,
      details: session.details,
      lastFour: session.lastFour,
      cardFingerprint: session.cardFingerprint,
      deadlineAt: minutesAfter(house.clock.now(), 48 * 60),
    });
    const card = await house.vault.find(successor.id, successor.merchantId);
    expect(card?.number.expose()).toBe(NUMBER);
    const erasedAt = await house.cardExpiresAt(successor.id);
    expect(erasedAt?.getTime()).toBeGreaterThanOrEqual(successor.deadlineAt?.getTime() ?? Infinity);
    expect(house.connector.started).toEqual([]);
  });

  it('stays as it is, and says who stands in for it', async () => {
    const session = await declined();

    const answer = await retry(session);

    expect(await house.stored(session.id)).toMatchObject({ status: 'declined', finalAt: session.finalAt });
    const [last] = (await house.events(session.id)).slice(-1);
    expect(last).toMatchObject({ type: 'retried', data: { session: answer.session_id } });
    expect(await explain(session)).toMatchObject({
      kind: 'not_possible',
      code: 'session_already_retried',
      retried_as: answer.session_id,
    });
    const [entry] = await house.database.query('SELECT act, "after" FROM audit_entry WHERE subject = $1', [
      wire(session),
    ]);
    expect(entry).toMatchObject({ act: 'session.retried', after: { kind: 'new_session', link_hours: 24 } });
  });

  it('has its merchant told at once, and of the result later, in messages that name both', async () => {
    const session = await declined({ callbackUrl: CALLBACK });
    const id = idOf(await retry(session));

    const successor = await house.stored(id);
    house.clock.advance(1_000);
    await house.service.collectData({ kind: 'cardholder', sessionId: id }, id, aDevice(), 'Y');

    const told = { session_id: wire(successor), retry_of: wire(session), reference: 'ORD-1' };
    expect(await messages(id)).toEqual([
      { kind: 'session_retried', payload: expect.objectContaining({ ...told, status: 'pending' }) as unknown },
      { kind: 'session_completed', payload: expect.objectContaining({ ...told, status: 'approved' }) as unknown },
    ]);
  });

  it('whose merchant has no callback address tells nobody', async () => {
    const session = await declined();

    expect(JSON.stringify(await explain(session))).toContain('The merchant is not told');
    expect(await messages(idOf(await retry(session)))).toEqual([]);
  });

  it('is retried by one of many operators; the others are told what happened', async () => {
    const session = await declined({ callbackUrl: CALLBACK });

    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => retry(session)));

    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of tries) {
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ kind: 'conflict', codes: ['session_already_retried'] });
    }
    expect(await house.database.query('SELECT 1 FROM session WHERE retry_of = $1', [session.id])).toHaveLength(1);
  });

  it('is retried once by a wish that is sent again, which gets the same session and link', async () => {
    const session = await declined();
    const same = { key: 'wish-1', actor: operator() };

    const [first, second] = await Promise.all([retry(session, same), retry(session, same)]);
    const third = await retry(session, same);

    expect(second).toEqual(first);
    expect(third).toEqual(first);
    await expect(retry(session, { ...same, body: { link_hours: 2 } })).rejects.toMatchObject({
      codes: ['idempotency_key_reused'],
    });
    await expect(retry(session, { key: 'wish-2', actor: same.actor })).rejects.toMatchObject({
      codes: ['session_already_retried'],
    });
  });

  it('can be retried by way of its successor, again and again', async () => {
    const first = await declined();
    const second = await house.stored(idOf(await retry(first)));
    house.connector.answer = () => step('final', { transStatus: 'N', resultSource: 'ARes' });
    await house.service.collectData({ kind: 'cardholder', sessionId: second.id }, second.id, aDevice(), 'Y');

    const third = await house.stored(idOf(await retry(second)));

    expect(third.retryOf).toBe(second.id);
    const rows = await house.database.query('SELECT number FROM session_retry WHERE session_id = $1', [third.id]);
    expect(rows).toEqual([{ number: 3 }]);
  });
});

describe('the link of a successor', () => {
  it('outlives its channel’s sessions, to the end of its own life', async () => {
    const session = await declined();
    const id = idOf(await retry(session, { body: { link_hours: 2 } }));
    house.clock.advance(119 * 60_000);

    await house.service.collectData({ kind: 'cardholder', sessionId: id }, id, aDevice(), 'Y');

    expect(await house.stored(id)).toMatchObject({ status: 'approved' });
    expect(house.connector.started).toMatchObject([{ request: { source: { kind: 'card' } } }]);
  });

  it('lives between an hour and a week', async () => {
    const session = await declined();

    for (const hours of [0, 169, 1.5, '24'])
      await expect(retry(session, { body: { link_hours: hours } })).rejects.toMatchObject({
        codes: ['link_hours_invalid'],
      });
  });

  it('is opened at an upstream only by the cardholder, who has the time of the link there, too', async () => {
    const channelId = await house.channel('upstream');
    house.upstream.answer = () => step('final', { transStatus: 'N', resultSource: 'ARes' });
    const { session } = (await house.service.create(house.actor(), house.command({ channelId }))).view;
    house.upstream.reset();
    const id = idOf(await retry(session));
    expect(house.upstream.started).toEqual([]);
    house.clock.advance(20 * 3_600_000);
    house.upstream.answer = () => step('need_method', {}, { state: { upstreamId: 'x' } });

    await house.service.collectData({ kind: 'cardholder', sessionId: id }, id, aDevice(), null);

    expect(house.upstream.started).toHaveLength(1);
    const waiting = await house.stored(id);
    expect(waiting).toMatchObject({ status: 'pending', deadlineAt: minutesAfter(waiting.createdAt, 24 * 60) });
  });
});

describe('what keeps two retries of the same moment apart', () => {
  it('is forgotten with the card data of both, and each still leads to the other', async () => {
    const session = await declined();
    const id = idOf(await retry(session));
    const pairs = house.get(SessionRetryRepository);
    const kept = (): Promise<object[]> =>
      house.database.query('SELECT 1 FROM session_retry WHERE retry_of = $1', [session.id]);

    await house.database.query('DELETE FROM card WHERE session_id = $1', [session.id]);
    await pairs.deleteWithoutCards();
    expect(await kept()).toHaveLength(1);
    await house.database.query('DELETE FROM card WHERE session_id = $1', [id]);
    await pairs.deleteWithoutCards();

    expect(await kept()).toEqual([]);
    expect(await pairs.chainOf(session.id, house.merchantId)).toEqual({ retryOf: null, retriedAs: id, number: 1 });
    expect(await pairs.chainOf(id, house.merchantId)).toEqual({ retryOf: session.id, retriedAs: null, number: 2 });
    await expect(retry(session)).rejects.toMatchObject({ codes: ['session_already_retried'] });
  });
});

describe('a session that cannot be retried', () => {
  const isRefused = async (session: Session, code: string): Promise<void> => {
    expect(await explain(session)).toMatchObject({ kind: 'not_possible', code });
    await expect(retry(session)).rejects.toMatchObject({ codes: [code] });
    expect(await house.database.query('SELECT 1 FROM session WHERE retry_of = $1', [session.id])).toEqual([]);
  };

  it('because it was approved', async () => {
    const { session } = (await house.service.create(house.actor(), house.command())).view;

    await isRefused(session, 'session_already_approved');
  });

  it('because its card data is erased', async () => {
    const session = await declined();
    house.clock.advance(61 * 60_000);

    await isRefused(session, 'card_data_erased');
  });

  it('because its card data went after it was looked at', async () => {
    const session = await declined();
    expect(await explain(session)).toMatchObject({ kind: 'new_session' });
    const find = house.vault.find.bind(house.vault);
    const erased = jest.spyOn(house.vault, 'find').mockImplementationOnce(async (id, merchantId) => {
      const card = await find(id, merchantId);
      await house.database.query('DELETE FROM card WHERE session_id = $1', [id]);
      return card;
    });

    await expect(retry(session)).rejects.toMatchObject({ codes: ['card_data_erased'] });

    erased.mockRestore();
    expect(await house.database.query('SELECT 1 FROM session WHERE retry_of = $1', [session.id])).toEqual([]);
  });

  it('because its merchant is suspended', async () => {
    const session = await declined();
    await admin.suspendMerchant(house.merchantId);

    await isRefused(session, 'merchant_suspended');

    await admin.resumeMerchant(house.merchantId);
    expect(await explain(session)).toMatchObject({ kind: 'new_session' });
  });

  it('because it was turned away at creation', async () => {
    house.connector.refusal = 'card_not_enrolled';
    await expect(house.service.create(house.actor(), house.command())).rejects.toMatchObject({
      codes: ['card_not_enrolled'],
    });
    const [row] = await house.database.query<{ id: string }>(
      'SELECT id FROM session WHERE refusal_code IS NOT NULL ORDER BY id DESC LIMIT 1',
    );
    const id = encodeId('session', row?.id ?? '');

    expect(await controller.explain(operator(), id)).toMatchObject({ kind: 'not_possible', code: 'session_refused' });
    await expect(controller.retry(operator(), id, undefined, {})).rejects.toMatchObject({ codes: ['session_refused'] });
  });

  it('because its card cannot be authenticated any more', async () => {
    const session = await declined();
    house.connector.refusal = 'card_not_enrolled';

    await expect(retry(session)).rejects.toMatchObject({ codes: ['card_not_enrolled'] });
  });

  it('because it is another merchant’s', async () => {
    const session = await declined();
    const stranger = operator([newUuidV7(new Date())]);

    await expect(controller.explain(stranger, wire(session))).rejects.toMatchObject({ codes: ['session_not_found'] });
    await expect(retry(session, { actor: stranger })).rejects.toMatchObject({ codes: ['session_not_found'] });
  });
});

describe('a session that is not final', () => {
  const CHALLENGE = { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' } as const;

  it('is driven on by asking its connector, and never by a second authentication', async () => {
    const channelId = await house.channel('upstream');
    house.upstream.answer = () => step('challenge', CHALLENGE);
    const { session } = (await house.service.create(house.actor(), house.command({ channelId }))).view;
    const started = house.upstream.started.length;
    house.upstream.afterSilence = step('final', { transStatus: 'Y', resultSource: 'RReq' });
    expect(await explain(session)).toMatchObject({ kind: 'drive_on' });

    const answer = await retry(session);

    expect(answer).toMatchObject({ kind: 'drive_on', session_id: wire(session), status: 'approved', hosted_url: null });
    expect(house.upstream.started).toHaveLength(started);
    expect((await house.events(session.id)).map(({ type }) => type)).toContain('driven_on');
  });

  it('of a protocol without questions waits for the issuer’s result, and is told so', async () => {
    house.connector.answer = () => step('challenge', CHALLENGE);
    const { session } = (await house.service.create(house.actor(), house.command())).view;

    expect(await explain(session)).toMatchObject({ kind: 'not_possible', code: 'nothing_to_drive_on' });
    await expect(retry(session)).rejects.toMatchObject({ codes: ['nothing_to_drive_on'] });
    expect(await house.stored(session.id)).toMatchObject({ status: 'challenged' });
  });

  it('and waits for its cardholder has its link told again', async () => {
    const { returnUrls } = HOSTED;
    const { session, linkToken } = (
      await house.service.create(house.actor(), house.command({ device: null, returnUrls }))
    ).view;

    expect(await retry(session)).toMatchObject({
      kind: 'drive_on',
      hosted_url: `http://127.0.0.1:4000/hosted/${String(linkToken?.expose())}`,
      link_ends_at: session.deadlineAt?.toISOString(),
    });
  });
});
