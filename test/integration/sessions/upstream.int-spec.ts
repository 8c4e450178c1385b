/** Sessions whose connector is asked as soon as they exist: created, opened, asked, sent back, turned away. */
import type { Step } from '@app/authentication-port';
import { CredentialsAdmin } from '@app/credentials';
import { DuplicateRequest, encodeId, InvalidRequest, NotAllowed, NotFound } from '@app/kernel';
import type { Caller } from '../../../libs/sessions/src/caller';
import type { CreateSession } from '../../../libs/sessions/src/domain/new-session';
import { nextActions } from '../../../libs/sessions/src/domain/next-actions';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { aDevice } from '../../../libs/sessions/src/testing/sessions';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { opened, referenceOf, refused, step, unreachable, UPSTREAM_TRANSACTION } from './fake-connector';
import { House, START } from './house';

const APPROVED = step('final', { transStatus: 'Y', resultSource: 'ARes', eci: '05' });
const HALF_AN_HOUR = new Date(START.getTime() + 30 * 60_000);

let test: TestDatabase;
let house: House;
let channelId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  channelId = await house.channel('upstream');
});

afterEach(() => house.upstream.reset());

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const merchant = (): Caller => ({ kind: 'token', actor: house.actor() });
const typesOf = async ({ id }: Session): Promise<string[]> => (await house.events(id)).map(({ type }) => type);

async function create(more: Partial<CreateSession> = {}): Promise<{ session: Session; asked: boolean }> {
  const { view, asked } = await house.service.create(
    house.actor(),
    house.command({ channelId, methodCompletion: null, ...more }),
  );
  return { session: view.session, asked };
}

const withoutDevice = async (): Promise<Session> => (await create({ device: null })).session;

/** An answer that the test gives when it wants. */
function heldBack(): { give: (given: Step) => void; called: Promise<void>; wait: () => Promise<Step> } {
  let give: (given: Step) => void = () => undefined;
  let call: () => void = () => undefined;
  const called = new Promise<void>((done) => (call = done));
  const answer = new Promise<Step>((done) => (give = done));
  return {
    give,
    called,
    wait: () => {
      call();
      return answer;
    },
  };
}

describe('a session without device data', () => {
  it('is opened at the upstream at once, and is what the upstream says', async () => {
    const { session, asked } = await create({ device: null });

    expect(asked).toBe(false);
    expect(house.upstream.started).toHaveLength(1);
    expect(house.upstream.started[0]).not.toHaveProperty('device');
    expect(await house.stored(session.id)).toEqual(session);
    expect(session).toMatchObject({
      status: 'pending',
      deadlineAt: HALF_AN_HOUR,
      attempt: {
        progress: 'opened',
        scheme: 'mastercard',
        protocolVersion: '2.3.1',
        transactionId: UPSTREAM_TRANSACTION,
        methodUrl: 'https://issuer.example/method',
        directoryServerId: 'A000000004',
        state: { upstreamId: 'sid_there' },
      },
    });
    expect(nextActions(session)).toEqual(['collect_channel_data', 'issuer_fingerprint']);
    expect(await typesOf(session)).toEqual(['created', 'opened']);
    expect(await house.keys(session.id)).toEqual([`upstream ${referenceOf(session.id)}`, 'upstream session:sid_there']);
    const [row] = await house.database.query('SELECT scheme FROM session WHERE id = $1', [session.id]);
    expect(row).toEqual({ scheme: 'mastercard' });
  });

  it('can be named by notices before the upstream is called', async () => {
    const call = heldBack();
    house.upstream.answer = call.wait;

    const creating = withoutDevice();
    await call.called;

    const { sessionId } = house.upstream.started[0]?.request ?? { sessionId: '' };
    expect(await house.keys(sessionId)).toEqual([`upstream ${referenceOf(sessionId)}`]);
    expect(await house.stored(sessionId)).toMatchObject({ status: 'pending', attempt: { progress: 'planned' } });
    call.give(opened({}, 'sid_named'));
    await creating;
  });

  it('tells the opened upstream its device data, stored as asked before', async () => {
    house.upstream.answer = () => opened({}, 'sid_told');
    const { id } = await withoutDevice();
    let atTheCall: Session | undefined;
    house.upstream.onSignal = async () => {
      atTheCall = await house.stored(id);
      return APPROVED;
    };

    const { session } = await house.service.collectData(merchant(), id, aDevice(), null);

    expect(atTheCall).toMatchObject({ status: 'processing', device: aDevice(), attempt: { progress: 'asked' } });
    expect(house.upstream.told).toEqual([{ type: 'channel_data', device: aDevice(), methodCompletion: 'N' }]);
    expect(house.upstream.started).toHaveLength(1);
    expect(session).toMatchObject({ status: 'approved', attempt: { progress: 'settled' } });
  });

  it('passes the 3DS Method on before the device data, asking nobody', async () => {
    house.upstream.answer = () => opened({}, 'sid_method');
    const { id } = await withoutDevice();
    house.upstream.onSignal = () => opened({}, 'sid_method');

    const { session } = await house.service.reportMethod(merchant(), id, 'Y');

    expect(house.upstream.told).toEqual([{ type: 'method_completion', methodCompletion: 'Y', willAsk: false }]);
    expect(session).toMatchObject({ status: 'pending', methodCompletion: 'Y', attempt: { progress: 'opened' } });

    house.upstream.onSignal = () => APPROVED;
    await house.service.collectData(merchant(), id, aDevice(), null);
    expect(house.upstream.told.at(-1)).toMatchObject({ type: 'channel_data', methodCompletion: 'Y' });
  });

  it('stays pending where the upstream could not be told of the 3DS Method', async () => {
    house.upstream.answer = () => opened({}, 'sid_unheard');
    const { id } = await withoutDevice();
    house.upstream.onSignal = () => unreachable(false);

    const { session } = await house.service.reportMethod(merchant(), id, 'N');

    expect(session).toMatchObject({ status: 'pending', methodCompletion: 'N', attempt: { progress: 'opened' } });
  });

  it('that the process died over is started with its device data', async () => {
    house.upstream.answer = () => Promise.reject(new Error('killed'));
    await expect(withoutDevice()).rejects.toThrow('killed');
    const { sessionId: id } = house.upstream.started[0]?.request ?? { sessionId: '' };
    house.upstream.answer = () => APPROVED;

    const { session } = await house.service.collectData(merchant(), id, aDevice(), 'Y');

    expect(house.upstream.started[1]).toMatchObject({ device: aDevice(), methodCompletion: 'Y' });
    expect(session).toMatchObject({ status: 'approved' });
  });

  it('that the process died over is opened again by the same request', async () => {
    house.upstream.answer = () => Promise.reject(new Error('killed'));
    await expect(withoutDevice()).rejects.toThrow('killed');
    const { sessionId: id } = house.upstream.started[0]?.request ?? { sessionId: '' };
    house.upstream.answer = () => opened({}, 'sid_again');

    const found = await house.service.recover(house.actor(), id);

    expect(found).toMatchObject({ asked: false, view: { session: { id, attempt: { progress: 'opened' } } } });
    expect(await house.service.recover(house.actor(), id)).toMatchObject({ asked: false });
    expect(house.upstream.started).toHaveLength(2);
  });

  it('does not take the answer of an opening that its device data overtook', async () => {
    const opening = heldBack();
    house.upstream.answer = opening.wait;
    const creating = withoutDevice();
    await opening.called;
    const { sessionId: id } = house.upstream.started[0]?.request ?? { sessionId: '' };
    house.upstream.answer = () => step('waiting', {}, { state: { upstreamId: 'sid_second' } });
    await house.service.collectData(merchant(), id, aDevice(), null);

    opening.give(opened({}, 'sid_first'));
    await creating;

    expect(await house.stored(id)).toMatchObject({
      status: 'processing',
      attempt: { progress: 'asked', state: { upstreamId: 'sid_second' } },
    });
    expect((await house.events(id)).at(-1)?.type).toBe('late_answer');
  });

  it('gives one of two collections at once the answer, the other 409', async () => {
    house.upstream.answer = () => opened({}, 'sid_race');
    const { id } = await withoutDevice();
    house.upstream.onSignal = () => APPROVED;

    const outcomes = await Promise.allSettled(
      [1, 2].map(() => house.service.collectData(merchant(), id, aDevice(), null)),
    );

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [lost] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(lost).toBeInstanceOf(DuplicateRequest);
    expect(house.upstream.told).toHaveLength(1);
  });
});

describe('a session with device data', () => {
  it('is stored as asked before the upstream is called, and asked', async () => {
    let atTheCall: Session | undefined;
    house.upstream.answer = async () => {
      const { sessionId } = house.upstream.started[0]?.request ?? { sessionId: '' };
      atTheCall = await house.stored(sessionId);
      return APPROVED;
    };

    const { session, asked } = await create();

    expect(asked).toBe(true);
    expect(atTheCall).toMatchObject({ status: 'processing', attempt: { progress: 'asked' } });
    expect(session.status).toBe('approved');
    expect(await house.keys(session.id)).toEqual([`upstream ${referenceOf(session.id)}`]);
  });

  it('waits for the 3DS Method where the upstream does, for as long as any pending session', async () => {
    house.upstream.answer = () => opened({ next: 'need_method' }, 'sid_needs');

    const { session, asked } = await create({ methodCompletion: 'U' });

    expect(asked).toBe(false);
    expect(session).toMatchObject({
      status: 'pending',
      device: aDevice(),
      methodCompletion: null,
      deadlineAt: HALF_AN_HOUR,
      inquireAt: null,
      attempt: { progress: 'opened' },
    });
    expect(nextActions(session)).toEqual(['issuer_fingerprint']);
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'method_required']);

    house.upstream.onSignal = () => APPROVED;
    const { session: done } = await house.service.reportMethod(merchant(), session.id, 'Y');
    expect(house.upstream.told).toEqual([{ type: 'method_completion', methodCompletion: 'Y', willAsk: true }]);
    expect(done.status).toBe('approved');
  });

  it('is never sent again where its creation was lost', async () => {
    house.upstream.answer = () => step('waiting', {}, { state: {} });

    const { session, asked } = await create();
    expect(asked).toBe(true);
    expect(session).toMatchObject({ status: 'processing', attempt: { progress: 'asked' } });

    await expect(house.service.collectData(merchant(), session.id, aDevice(), null)).rejects.toThrow(DuplicateRequest);
    expect(house.upstream.started).toHaveLength(1);
  });

  it('takes no name that is another session’s, and ends without result', async () => {
    house.upstream.answer = () => opened({}, 'sid_taken');
    await withoutDevice();
    house.upstream.answer = () => step('final', APPROVED.facts, { correlationKeys: ['session:sid_taken'] });

    const { session } = await create();

    expect(session).toMatchObject({ status: 'unavailable', statusReason: 'ares_error' });
  });
});

describe('a request that the upstream turns away', () => {
  it.each([
    ['invalid', InvalidRequest, null],
    ['not_allowed', NotAllowed, null],
    ['invalid', InvalidRequest, aDevice()],
  ] as const)('at creation (%s) is told to the merchant, and the session is nobody’s', async (kind, error, device) => {
    house.upstream.answer = () => refused(kind, 'source_number_invalid', 'currency_invalid');

    await expect(create({ device, callbackUrl: 'https://shop.example/callback' })).rejects.toThrow(error);

    const { sessionId: id } = house.upstream.started[0]?.request ?? { sessionId: '' };
    expect(await house.stored(id)).toMatchObject({
      status: 'unavailable',
      refusalCode: 'source_number_invalid',
      inquireAt: null,
    });
    expect(await house.cardExpiresAt(id)).toEqual(START);
    expect(await house.database.query('SELECT 1 FROM callback_message WHERE session_id = $1', [id])).toEqual([]);
    await expect(house.service.get(merchant(), id)).rejects.toThrow(NotFound);
    await expect(house.service.recover(house.actor(), id)).rejects.toThrow(error);
  });

  it('with its codes', async () => {
    house.upstream.answer = () => refused('invalid', 'source_number_invalid', 'currency_invalid');

    await expect(create()).rejects.toMatchObject({ codes: ['source_number_invalid', 'currency_invalid'] });
  });

  it('when device data comes leaves the session as it was, to be corrected', async () => {
    house.upstream.answer = () => opened({}, 'sid_corrected');
    const before = await withoutDevice();
    house.upstream.onSignal = () => refused('invalid', 'channel_data_language_invalid');

    await expect(house.service.collectData(merchant(), before.id, aDevice(), 'Y')).rejects.toThrow(InvalidRequest);

    expect(await house.stored(before.id)).toMatchObject({
      status: 'pending',
      device: null,
      deviceChannel: null,
      methodCompletion: null,
      deadlineAt: before.deadlineAt,
      attempt: { progress: 'opened' },
    });
    house.upstream.onSignal = () => APPROVED;
    const { session } = await house.service.collectData(merchant(), before.id, aDevice(), null);
    expect(session.status).toBe('approved');
  });

  it('when the 3DS Method is reported leaves the device data as they were', async () => {
    house.upstream.answer = () => opened({ next: 'need_method' }, 'sid_kept');
    const { session } = await create();
    house.upstream.onSignal = () => refused('not_allowed', 'update_not_allowed_due_to_state');

    await expect(house.service.reportMethod(merchant(), session.id, 'Y')).rejects.toThrow(NotAllowed);

    expect(await house.stored(session.id)).toMatchObject({
      status: 'pending',
      device: aDevice(),
      methodCompletion: null,
      attempt: { progress: 'opened' },
    });
  });

  it('because another one is under way is a 409, and what comes of that is asked for', async () => {
    house.upstream.answer = () => opened({}, 'sid_busy');
    const { id } = await withoutDevice();
    house.upstream.onSignal = () => refused('not_allowed', 'duplicate_requests_detected');

    await expect(house.service.collectData(merchant(), id, aDevice(), null)).rejects.toThrow(DuplicateRequest);

    expect(await house.stored(id)).toMatchObject({ status: 'processing', inquireAt: START });
  });

  it('after the merchant was answered ends the session where all can see it', async () => {
    const call = heldBack();
    house.upstream.answer = call.wait;
    const { session } = await create();
    expect(session.status).toBe('processing');

    call.give(refused('invalid', 'source_number_invalid'));

    const patience = performance.now() + 5_000;
    let now = await house.stored(session.id);
    while (now.status === 'processing' && performance.now() < patience) {
      await new Promise((done) => setTimeout(done, 20));
      now = await house.stored(session.id);
    }
    expect(now).toMatchObject({ status: 'unavailable', refusalCode: null });
    expect((await house.service.get(merchant(), session.id)).session.id).toBe(session.id);
  });
});

describe('a request that names an earlier session', () => {
  const naming = (id: string): Partial<CreateSession> => {
    const { details } = house.command();
    const initialTransaction = { initial_session_id: id };
    return { details: { ...details, purchase: { ...details.purchase, initialTransaction } } };
  };
  const toldOf = async (id: string): Promise<unknown> => {
    house.upstream.reset();
    await create(naming(id));
    return house.upstream.started[0]?.request.initialSession;
  };

  it('takes along where that one ran, and as what', async () => {
    house.upstream.answer = () => opened({}, 'sid_earlier');
    const earlier = await withoutDevice();

    expect(await toldOf(encodeId('session', earlier.id))).toEqual({
      connector: 'upstream',
      state: { upstreamId: 'sid_earlier' },
    });
  });

  it('takes nothing along of a session that is none of the merchant’s', async () => {
    const earlier = await withoutDevice();
    const { merchantId } = house.actor();
    const stranger = await house.get(CredentialsAdmin).createMerchant({ name: 'Another' });
    await house.database.query('UPDATE session SET merchant_id = $1 WHERE id = $2', [stranger.id, earlier.id]);

    expect(stranger.id).not.toBe(merchantId);
    expect(await toldOf(encodeId('session', earlier.id))).toBeUndefined();
    expect(await toldOf('sid_llraltf4jlwu5dxdtprcv7ba5i')).toBeUndefined();
    expect(await toldOf('whatever')).toBeUndefined();
  });
});
