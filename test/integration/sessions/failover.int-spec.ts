/** Sessions whose first connector cannot be reached: the next one takes them, or nobody does. */
import type { Step } from '@app/authentication-port';
import { NotAllowed } from '@app/kernel';
import { within } from '@app/platform';
import fc from 'fast-check';
import type { Caller } from '../../../libs/sessions/src/caller';
import type { CreateSession } from '../../../libs/sessions/src/domain/new-session';
import { nextActions } from '../../../libs/sessions/src/domain/next-actions';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { aDevice } from '../../../libs/sessions/src/testing/sessions';
import { ANSWER_WITHIN_MS } from '../../../libs/sessions/src/issuer-dialogue';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { opened, referenceOf, refused, step, unreachable } from './fake-connector';
import { House, START } from './house';

const APPROVED = step('final', { transStatus: 'Y', resultSource: 'ARes' });

let test: TestDatabase;
let house: House;
let upstreamFirst: string;
let nativeFirst: string;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  upstreamFirst = await house.channel('upstream', 'fake');
  nativeFirst = await house.channel('fake', 'upstream');
});

afterEach(() => {
  house.connector.reset();
  house.upstream.reset();
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const merchant = (): Caller => ({ kind: 'token', actor: house.actor() });

async function create(more: Partial<CreateSession> = {}): Promise<{ session: Session; asked: boolean }> {
  const command = house.command({ channelId: upstreamFirst, methodCompletion: null, ...more });
  const { view, asked } = await house.service.create(house.actor(), command);
  return { session: view.session, asked };
}

const typesOf = async ({ id }: Session): Promise<string[]> => (await house.events(id)).map(({ type }) => type);

/** What each connector was asked, by its attempts. */
const connectorsOf = async ({ id }: Session): Promise<string[]> =>
  (await house.attempts(id)).map(({ connector, progress }) => `${connector} ${progress}`);

describe('a session whose first connector cannot be reached', () => {
  it('is authenticated by the next one, in the same call', async () => {
    house.upstream.answer = () => unreachable(false);

    const { session, asked } = await create();

    expect(asked).toBe(true);
    expect(session).toMatchObject({ status: 'approved', attempt: { number: 2, connector: 'fake' } });
    expect(await house.stored(session.id)).toEqual(session);
    expect(await connectorsOf(session)).toEqual(['upstream settled', 'fake settled']);
    expect(await typesOf(session)).toEqual([
      'created',
      'request_sent',
      'attempt_failed',
      'attempt_planned',
      'authenticated',
    ]);
    expect(await house.keys(session.id)).toEqual([
      `fake ${session.attempt.transactionId}`,
      `upstream ${referenceOf(session.id)}`,
    ]);
  });

  it('tells in its story who was considered, who failed and why', async () => {
    house.upstream.answer = () => unreachable(false);

    const { session } = await create();

    const [created, , failed, planned] = await house.events(session.id);
    expect(created?.data).toEqual({
      route: [
        { connector: 'upstream', outcome: 'chosen' },
        { connector: 'fake', outcome: 'in_reserve' },
      ],
    });
    expect(failed).toMatchObject({
      attempt_number: 1,
      data: { issuerMayHaveSeen: false, error: { code: '405' } },
    });
    expect(planned).toMatchObject({ attempt_number: 2, data: { connector: 'fake' } });
    const [first] = await house.attempts(session.id);
    expect(first?.facts).toMatchObject({ error: { detail: 'No connection' } });
    expect(await house.exchanges(session.id)).toEqual([
      expect.objectContaining({ attempt_number: 1, message_type: 'POST /sessions', problem: 'ECONNREFUSED' }),
    ]);
  });

  it('waits for the 3DS Method where the next one needs it and it was not heard', async () => {
    house.upstream.answer = () => unreachable(false);
    house.connector.methodUrl = 'https://issuer.example/method';

    const { session, asked } = await create();

    expect(asked).toBe(false);
    expect(nextActions(session)).toEqual(['issuer_fingerprint']);
    expect(session).toMatchObject({
      status: 'pending',
      deadlineAt: new Date(START.getTime() + 30 * 60_000),
      attempt: { number: 2, progress: 'planned' },
    });
    expect(house.connector.started).toHaveLength(0);
    await house.service.reportMethod(merchant(), session.id, 'Y');
    expect(house.connector.started).toHaveLength(1);
    expect(await house.stored(session.id)).toMatchObject({ status: 'approved' });
  });

  it('without device data waits at the next one', async () => {
    house.upstream.answer = () => unreachable(false);

    const { session, asked } = await create({ device: null });

    expect(asked).toBe(false);
    expect(nextActions(session)).toEqual(['collect_channel_data']);
    expect(session.attempt).toMatchObject({ number: 2, connector: 'fake', progress: 'planned' });
    await house.service.collectData(merchant(), session.id, aDevice(), null);
    expect(await house.stored(session.id)).toMatchObject({ status: 'approved' });
  });

  it('is opened at the next one that starts at creation', async () => {
    house.connector.answer = () => unreachable(false);
    house.upstream.answer = () => APPROVED;

    const { session } = await create({ channelId: nativeFirst, methodCompletion: 'Y' });

    expect(session).toMatchObject({ status: 'approved', attempt: { number: 2, connector: 'upstream' } });
    expect(await house.keys(session.id)).toContain(`upstream ${referenceOf(session.id)}`);
  });

  it('ends unavailable where no other can be reached either', async () => {
    house.upstream.answer = () => unreachable(false);
    house.connector.answer = () => unreachable(false);

    const { session } = await create();

    expect(session).toMatchObject({ status: 'unavailable', attempt: { number: 2 } });
    expect(house.upstream.started).toHaveLength(1);
    expect(house.connector.started).toHaveLength(1);
  });
});

describe('no other connector takes a session', () => {
  it('that an issuer may have seen', async () => {
    house.upstream.answer = () => unreachable(true);

    const { session } = await create();

    expect(session).toMatchObject({ status: 'unavailable', attempt: { number: 1 } });
    expect(house.connector.started).toHaveLength(0);
  });

  it('that was turned away', async () => {
    house.upstream.answer = () => refused('not_allowed', 'card_not_supported');

    await expect(create()).rejects.toThrow(NotAllowed);

    expect(house.connector.started).toHaveLength(0);
  });

  it('that its merchant was told of', async () => {
    let give: (given: Step) => void = () => undefined;
    house.upstream.answer = () => new Promise<Step>((done) => (give = done));
    const { session } = await create();
    expect(session.status).toBe('processing');

    give(unreachable(false));

    const patience = performance.now() + 5_000;
    let now = await house.stored(session.id);
    while (now.status === 'processing' && performance.now() < patience) {
      await new Promise((done) => setTimeout(done, 20));
      now = await house.stored(session.id);
    }
    expect(now).toMatchObject({ status: 'unavailable', attempt: { number: 1 } });
    expect(house.connector.started).toHaveLength(0);
  });

  it('whose device data could not be delivered', async () => {
    const { id } = (await create({ device: null })).session;
    house.upstream.onSignal = () => unreachable(false);

    const { session } = await house.service.collectData(merchant(), id, aDevice(), null);

    expect(session).toMatchObject({ status: 'unavailable', attempt: { number: 1 } });
    expect(house.connector.started).toHaveLength(0);
  });
});

describe('a merchant whose time is over while that is being stored', () => {
  /** The session's row is another's to change from when its upstream is asked until `free`, long after its merchant's time. */
  async function heldUp(answer: Step): Promise<{ creating: ReturnType<typeof create>; free: () => void }> {
    let free: () => void = () => undefined;
    const freed = new Promise<void>((done) => (free = done));
    house.upstream.answer = () =>
      new Promise<Step>((done, failed) => {
        const id = house.upstream.started.at(-1)?.request.sessionId;
        const held = house.database.transaction(async (tx) => {
          await tx.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [id]);
          done(answer);
          await freed;
        });
        held.catch(failed);
      });
    const creating = create();
    const told = await within(ANSWER_WITHIN_MS + 500, Promise.allSettled([creating]));
    if (told) free();
    expect(told).toBeNull();
    return { creating, free };
  }

  it('hears of the next connector that took its session', async () => {
    const { creating, free } = await heldUp(unreachable(false));

    free();

    const { session } = await creating;
    expect(session.attempt.number).toBe(2);
    expect((await house.attempts(session.id)).map(({ connector }) => connector)).toEqual(['upstream', 'fake']);
  });

  it('hears that its request was turned away', async () => {
    const { creating, free } = await heldUp(refused('not_allowed', 'card_not_supported'));

    free();

    await expect(creating).rejects.toThrow(NotAllowed);
  });
});

describe('the choice of the connector', () => {
  it('prefers one that is well', async () => {
    house.upstream.healthy = false;

    const { session } = await create();

    expect(session.attempt.connector).toBe('fake');
    expect((await house.events(session.id))[0]?.data).toEqual({
      route: [
        { connector: 'fake', outcome: 'chosen' },
        { connector: 'upstream', outcome: 'in_reserve', isHealthy: false },
      ],
    });
  });

  it('takes one that is not well where there is no other', async () => {
    house.upstream.healthy = false;
    house.connector.healthy = false;
    house.upstream.answer = () => APPROVED;

    expect((await create()).session.attempt.connector).toBe('upstream');
  });

  it('passes over one that has no configuration for the card', async () => {
    house.connector.refusal = 'no_processor_configured_for_card_scheme';
    house.upstream.answer = () => APPROVED;

    const { session } = await create({ channelId: nativeFirst });

    expect(session.attempt).toMatchObject({ connector: 'upstream', number: 1 });
    expect((await house.events(session.id))[0]?.data).toEqual({
      route: [
        { connector: 'fake', outcome: 'passed', code: 'no_processor_configured_for_card_scheme' },
        { connector: 'upstream', outcome: 'chosen' },
      ],
    });
  });

  it('stops at a card that is refused for what it is', async () => {
    house.connector.refusal = 'card_not_enrolled';

    await expect(create({ channelId: nativeFirst })).rejects.toMatchObject({ codes: ['card_not_enrolled'] });

    expect(house.upstream.started).toHaveLength(0);
  });
});

describe('a late notice of a connector that was left', () => {
  it('is answered, kept, and changes nothing', async () => {
    house.upstream.answer = () => unreachable(false);
    house.connector.answer = () => step('challenge', { transStatus: 'C', challengeRequest: 'Y3JlcQ' });
    const { session } = await create();

    const ack = await house.inbox.accept(
      'upstream',
      'late-1',
      referenceOf(session.id),
      { upstreamId: 'sid_late', type: 'authentication_approved' },
      {},
    );

    expect(ack).toMatchObject({ outcome: 'answered', answer: { status: 200 } });
    expect(await house.stored(session.id)).toMatchObject({
      status: 'challenged',
      attempt: { number: 2, connector: 'fake', state: session.attempt.state },
    });
    expect((await house.events(session.id)).at(-1)?.type).toBe('notice_without_effect');
    expect(await house.keys(session.id)).not.toContain('upstream session:sid_late');
  });
});

it('never lets two attempts of a session be seen by an issuer', async () => {
  const outcomes = {
    approved: APPROVED,
    challenged: step('challenge', { transStatus: 'C', challengeRequest: 'Y3JlcQ' }),
    seen: unreachable(true),
    unseen: unreachable(false),
    lost: step('waiting'),
    opened: opened({ correlationKeys: [] }),
    needsMethod: opened({ next: 'need_method', correlationKeys: [] }),
  };
  const kind = fc.constantFrom(...(Object.keys(outcomes) as (keyof typeof outcomes)[]));
  const notSeen = new Set<keyof typeof outcomes>(['unseen', 'opened', 'needsMethod']);
  await fc.assert(
    fc.asyncProperty(kind, kind, fc.boolean(), fc.boolean(), async (native, upstream, hasDevice, isNativeFirst) => {
      let seen = 0;
      const answering = (which: keyof typeof outcomes) => () => {
        if (hasDevice && !notSeen.has(which)) seen++;
        return outcomes[which];
      };
      house.connector.answer = answering(native);
      house.upstream.answer = answering(upstream);

      await create({
        channelId: isNativeFirst ? nativeFirst : upstreamFirst,
        device: hasDevice ? aDevice() : null,
      });

      expect(seen).toBeLessThanOrEqual(1);
    }),
    { numRuns: 120 },
  );
});
