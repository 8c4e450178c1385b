/** What becomes of a session at an upstream that can be asked: after silence, on notices, and when its merchant reads. */
import type { Step } from '@app/authentication-port';
import { NotAllowed } from '@app/kernel';
import { APP_CONFIG, LOG, type AppConfig } from '@app/platform';
import type { Caller } from '../../../libs/sessions/src/caller';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { Inquiries } from '../../../libs/sessions/src/inquiries.service';
import { InquiryJob } from '../../../libs/sessions/src/jobs/inquiry.job';
import { Settlement } from '../../../libs/sessions/src/settlement.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { isSilent, Receiver } from '../callbacks/receiver';
import { referenceOf, step, unreachable } from './fake-connector';
import { House } from './house';

const APPROVED = step('final', { transStatus: 'Y', resultSource: 'RReq', eci: '05' });
const CHALLENGE = step(
  'challenge',
  { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3JlcQ' },
  { state: { upstreamId: 'there' } },
);

let test: TestDatabase;
let house: House;
let channelId: string;
let job: InquiryJob;

const aJob = (on: House): InquiryJob =>
  new InquiryJob(
    on.sessions,
    on.get(Inquiries),
    { ...on.get<AppConfig>(APP_CONFIG as never), role: 'worker' },
    on.clock,
    on.get(LOG as never),
  );

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  channelId = await house.channel('upstream');
});

beforeEach(() => {
  job = aJob(house);
});

// Nothing of one test is due in the next.
afterEach(async () => {
  house.upstream.reset();
  await house.database.query('UPDATE session SET inquire_at = NULL');
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const merchant = (): Caller => ({ kind: 'token', actor: house.actor() });
const typesOf = async ({ id }: Session): Promise<string[]> => (await house.events(id)).map(({ type }) => type);

async function create(answer: Step): Promise<Session> {
  house.upstream.answer = () => answer;
  const { view } = await house.service.create(house.actor(), house.command({ channelId }));
  return view.session;
}

const challenged = (): Promise<Session> => create(CHALLENGE);
/** Sent, and no answer came. */
const lost = (): Promise<Session> => create(step('waiting'));

/** One turn of the job, to its end. */
async function turn(of = job): Promise<void> {
  await of.tick();
  await of.settled();
}

const asked = (): number => house.upstream.fetched.length;

async function until(what: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + 5_000;
  while (!(await what())) {
    if (performance.now() > patience) throw new Error('It did not come to pass');
    await new Promise((done) => setTimeout(done, 10));
  }
}

let notices = 0;
const notify = (
  session: Session,
  more: Record<string, unknown> = {},
  on = house,
): ReturnType<House['inbox']['accept']> =>
  on.inbox.accept('upstream', `evt_${++notices}`, referenceOf(session.id), { type: 'webhook', ...more }, {});

describe('a session that waits for its upstream', () => {
  it('is asked about after five seconds, then after half of its silence', async () => {
    await challenged();
    house.upstream.afterSilence = CHALLENGE;
    const at: number[] = [];

    for (let second = 0; second <= 60; second++) {
      const before = asked();
      await turn();
      if (asked() > before) at.push(second);
      house.clock.advance(1_000);
    }

    expect(at).toEqual([5, 10, 15, 23, 35, 53]);
  });

  it('is still known by what a notice told while its creation was under way, though that came to nothing', async () => {
    let isOver: (answer: Step) => void = () => undefined;
    house.upstream.answer = () => new Promise<Step>((done) => (isOver = done));
    const creating = house.service.create(house.actor(), house.command({ channelId }));
    await until(async () => house.upstream.started.length === 1);
    const id = house.upstream.started[0]?.request.sessionId ?? '';
    house.upstream.afterSilence = () => Promise.reject(new Error('Nobody there'));
    await notify(await house.stored(id), { upstreamId: 'there' });

    isOver(step('waiting', {}, { state: { accountId: 'ours' } }));
    await creating;

    expect(await house.stored(id)).toMatchObject({
      status: 'processing',
      attempt: { state: { accountId: 'ours', upstreamId: 'there' } },
    });
  });

  it('becomes what the upstream says', async () => {
    const session = await challenged();
    house.upstream.afterSilence = APPROVED;
    house.clock.advance(5_000);

    await turn();

    expect(await house.stored(session.id)).toMatchObject({ status: 'approved', challenged: true });
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'challenge_required', 'authenticated']);
  });

  it.each([
    ['waits', step('waiting', {}, { state: { upstreamId: 'there' } })],
    ['is in the challenge that is known', CHALLENGE],
    ['wants what it has just been given', step('need_method', {}, { state: { upstreamId: 'there' } })],
    ['is out of reach', unreachable(true)],
  ])('is left as it is where the upstream %s', async (_what, found) => {
    const session = await challenged();
    house.upstream.afterSilence = found;
    house.clock.advance(5_000);

    await turn();

    expect(asked()).toBe(1);
    const { inquireAt: _later, ...now } = await house.stored(session.id);
    expect(session).toMatchObject(now);
  });

  it('remembers what it hears on the way, once', async () => {
    const session = await lost();
    house.upstream.afterSilence = step(
      'waiting',
      { upstream: { status: 'processing' } },
      { state: { upstreamId: 'x' } },
    );
    house.clock.advance(5_000);
    await turn();
    house.clock.advance(5_000);
    await turn();

    expect(asked()).toBe(2);
    expect(await house.stored(session.id)).toMatchObject({ version: session.version + 1, status: 'processing' });
  });

  it('waits for its merchant again where the upstream never got its device data, but not while they may be on their way', async () => {
    const session = await lost();
    house.upstream.afterSilence = step('need_channel_data', {}, { state: { upstreamId: 'there' } });
    house.clock.advance(5_000);
    await turn();
    expect(await house.stored(session.id)).toMatchObject({ status: 'processing' });

    house.clock.advance(15_000);
    await turn();
    expect(await house.stored(session.id)).toMatchObject({ status: 'processing' });

    house.clock.advance(16_000);
    await turn();

    expect(await house.stored(session.id)).toMatchObject({
      status: 'pending',
      device: null,
      inquireAt: null,
      attempt: { progress: 'opened', state: { upstreamId: 'there' } },
    });
  });

  it.each([
    ['challenge_abandoned', 'challenge_abandoned', null],
    ['expired', 'challenge_abandoned', null],
  ] as const)('that %s there is %s here', async (ended, status, statusReason) => {
    const session = await challenged();
    house.upstream.afterSilence = step('final', {}, { ended });
    house.clock.advance(5_000);

    await turn();

    expect(await house.stored(session.id)).toMatchObject({ status, statusReason });
  });

  it('that expired there before it was challenged is unavailable, with a reason', async () => {
    const session = await lost();
    house.upstream.afterSilence = step('final', {}, { ended: 'expired' });
    house.clock.advance(5_000);

    await turn();

    expect(await house.stored(session.id)).toMatchObject({ status: 'unavailable', statusReason: 'ares_error' });
  });

  it('that the upstream declined for its risk is declined, with that reason', async () => {
    const session = await lost();
    house.upstream.afterSilence = step('final', { challenged: false }, { failure: 'risk_declined' });
    house.clock.advance(5_000);

    await turn();

    expect(await house.stored(session.id)).toMatchObject({
      status: 'declined',
      statusReason: 'risk_declined',
      challenged: false,
    });
  });

  it('is not asked about while it waits for its merchant', async () => {
    await house.service.create(house.actor(), house.command({ channelId, device: null, methodCompletion: null }));
    house.clock.advance(600_000);

    await turn();

    expect(asked()).toBe(0);
  });

  it('ends unavailable with a reason where nothing is ever heard', async () => {
    const session = await lost();
    house.clock.advance(181_000);

    await house.get(Settlement).settle(session.id);

    expect(await house.stored(session.id)).toMatchObject({
      status: 'unavailable',
      statusReason: 'ares_error',
      attempt: { facts: { error: { code: '402' } } },
    });
  });

  it('ends at its deadline without another question where there is no time for one', async () => {
    const session = await lost();
    house.upstream.afterSilence = CHALLENGE;
    house.clock.advance(181_000);
    const before = asked();

    await house.get(Settlement).settle(session.id, false);

    expect(await house.stored(session.id)).toMatchObject({ status: 'unavailable' });
    expect(asked()).toBe(before);
  });

  it('is challenged, not unavailable, where that is what its deadline finds', async () => {
    const session = await lost();
    house.upstream.afterSilence = CHALLENGE;
    house.clock.advance(181_000);

    await house.get(Settlement).settle(session.id);

    expect(await house.stored(session.id)).toMatchObject({ status: 'challenged' });
  });
});

describe('due inquiries', () => {
  it('are claimed by one of two replicas each', async () => {
    const replica = await house.replica();
    const sessions = [];
    for (let count = 0; count < 12; count++) sessions.push(await challenged());
    house.clock.advance(5_000);

    await Promise.all([turn(), turn(aJob(replica))]);

    expect(asked()).toBe(sessions.length);
    await replica.close();
  });

  it('that die with a worker are asked again', async () => {
    const session = await challenged();
    house.clock.advance(5_000);
    // Claimed, and then killed.
    const claimed = await house.sessions.claimInquiries(house.clock.now(), { limit: 10, share: 10, busy: new Map() });
    expect(claimed).toEqual([{ id: session.id, merchantId: house.merchantId }]);
    await turn();
    expect(asked()).toBe(0);

    house.upstream.afterSilence = APPROVED;
    house.clock.advance(5_000);
    await turn();

    expect(await house.stored(session.id)).toMatchObject({ status: 'approved' });
  });

  it('that fail do not keep others waiting', async () => {
    await challenged();
    await challenged();
    house.clock.advance(5_000);
    let calls = 0;
    house.upstream.afterSilence = async () => {
      if (++calls === 1) throw new Error('A bug');
      return APPROVED;
    };

    await turn();

    expect(calls).toBe(2);
  });

  it('leave places to others while one merchant’s upstream hangs', async () => {
    const neighbour = await house.neighbour('upstream');
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((done) => (answer = done));
    house.upstream.afterSilence = async ({ request }) => {
      if (request.merchantId === house.merchantId) await answered;
      return APPROVED;
    };
    for (let count = 0; count < 33; count++) await challenged();
    house.clock.advance(1_000);
    const { id } = (await neighbour.service.create(neighbour.actor(), neighbour.command())).view.session;
    house.clock.advance(5_000);

    await job.tick();

    await until(async () => (await neighbour.stored(id)).status === 'approved');
    expect(asked()).toBe(1 + 8);
    answer();
    await job.settled();
  });

  it('of one merchant are asked about without a pause, a few at a time', async () => {
    for (let count = 0; count < 20; count++) await challenged();
    house.clock.advance(5_000);
    house.upstream.afterSilence = APPROVED;

    await turn();

    expect(asked()).toBe(20);
  });

  it('are claimed from every merchant before one gets a second, and from none beyond its share', async () => {
    const merchants = [house, await house.neighbour('upstream'), await house.neighbour('upstream')];
    for (const merchant of merchants) {
      for (let count = 0; count < 4; count++) {
        await merchant.insert(merchant.aSession({ inquireAt: merchant.clock.now() }));
      }
    }
    const claim = async (limit: number, share: number, busy: [string, number][] = []): Promise<string[]> => {
      const due = await house.sessions.claimInquiries(house.clock.now(), { limit, share, busy: new Map(busy) });
      return due.map(({ merchantId }) => merchantId);
    };
    const [first = '', second = '', third = ''] = merchants.map(({ merchantId }) => merchantId);

    expect((await claim(3, 8)).sort()).toEqual([first, second, third].sort());
    expect(
      await claim(10, 3, [
        [first, 3],
        [second, 2],
      ]),
    ).toEqual(expect.arrayContaining([second, third, third, third]));
    expect((await claim(10, 8)).sort()).toEqual([first, first, first, second, second].sort());
  });

  it('are not asked by replicas that serve the API only', async () => {
    await challenged();
    house.clock.advance(5_000);

    await house.get(InquiryJob).tick();

    expect(asked()).toBe(0);
  });
});

describe('a notice that tells of news', () => {
  it('makes us ask at once, after it was answered', async () => {
    const session = await challenged();
    let asking: () => void = () => undefined;
    const answer = new Promise<Step>((done) => (asking = () => done(APPROVED)));
    house.upstream.afterSilence = () => answer;

    expect(await notify(session)).toMatchObject({ outcome: 'answered' });
    expect(await house.stored(session.id)).toMatchObject({ status: 'challenged' });

    asking();
    await until(async () => (await house.stored(session.id)).status === 'approved');
    expect(asked()).toBe(1);
  });

  it('restores a session whose creation was lost', async () => {
    const session = await lost();
    house.upstream.afterSilence = async () => {
      const { attempt } = await house.stored(session.id);
      return step('final', APPROVED.facts, { state: attempt.state });
    };

    await notify(session, { upstreamId: 'sid_restored' });

    await until(async () => (await house.stored(session.id)).status === 'approved');
    expect(await house.stored(session.id)).toMatchObject({ attempt: { state: { upstreamId: 'sid_restored' } } });
    expect(await house.keys(session.id)).toContain('upstream session:sid_restored');
  });

  it('is asked about by whoever is left when the process dies before it can ask', async () => {
    const session = await challenged();
    house.upstream.afterSilence = () => Promise.reject(new Error('killed'));
    await notify(session);
    await until(() => Promise.resolve(asked() === 1));
    house.upstream.afterSilence = APPROVED;
    house.clock.advance(5_000);

    await turn();

    expect(await house.stored(session.id)).toMatchObject({ status: 'approved' });
  });

  it('is nothing to a session of another merchant or environment', async () => {
    const session = await challenged();
    const accept = (owner: {
      merchantId: string;
      environment: 'test' | 'live';
    }): ReturnType<House['inbox']['accept']> =>
      house.inbox.accept('upstream', `evt_${++notices}`, referenceOf(session.id), {}, {}, owner);

    expect(await accept({ merchantId: house.aSession().id, environment: 'test' })).toEqual({ outcome: 'unknown' });
    expect(await accept({ merchantId: house.merchantId, environment: 'live' })).toEqual({ outcome: 'unknown' });
    expect(await house.stored(session.id)).toMatchObject({ version: session.version });
    expect(await accept({ merchantId: house.merchantId, environment: 'test' })).toMatchObject({ outcome: 'answered' });
  });

  it('does not give a session another one’s name', async () => {
    const first = await lost();
    await notify(first, { upstreamId: 'sid_mine' });
    const second = await lost();

    await notify(second, { upstreamId: 'sid_mine' });

    expect(await house.stored(second.id)).toMatchObject({ attempt: { state: {} } });
    expect((await typesOf(second)).at(-1)).toBe('notice_without_effect');
    expect(await house.keys(second.id)).toEqual([`upstream ${referenceOf(second.id)}`]);
  });

  it('that comes before the answer leaves the answer its place', async () => {
    let give: (given: Step) => void = () => undefined;
    house.upstream.answer = () => new Promise<Step>((done) => (give = done));
    const creating = house.service.create(house.actor(), house.command({ channelId }));
    await until(() => Promise.resolve(house.upstream.started.length === 1));
    const { sessionId } = house.upstream.started[0]?.request ?? { sessionId: '' };
    await notify(await house.stored(sessionId), { upstreamId: 'sid_early' });

    give(step('final', { transStatus: 'Y', resultSource: 'ARes' }, { state: { upstreamId: 'sid_early' } }));

    expect((await creating).view.session.status).toBe('approved');
    expect((await house.events(sessionId)).at(-1)?.type).toBe('authenticated');
  });
});

describe('a cardholder who comes back from the challenge', () => {
  it('makes us ask at once', async () => {
    const session = await challenged();
    house.upstream.afterSilence = APPROVED;

    await house.inbox.challengeReturned('upstream', referenceOf(session.id));

    await until(async () => (await house.stored(session.id)).status === 'approved');
    expect(await typesOf(session)).toContain('challenge_returned');
  });
});

describe('a merchant that reads a session which is not final', () => {
  it('gets what the upstream says now', async () => {
    const { id } = await challenged();
    house.upstream.afterSilence = APPROVED;

    const { session } = await house.service.get(merchant(), id);

    expect(session.status).toBe('approved');
  });

  it('makes us ask once a second at most, and once for all who ask together', async () => {
    const { id } = await challenged();

    await Promise.all([1, 2, 3].map(() => house.service.get(merchant(), id)));
    await house.service.get(merchant(), id);
    expect(asked()).toBe(1);

    house.clock.advance(1_000);
    await house.service.get(merchant(), id);
    expect(asked()).toBe(2);
  });

  it('gets what is stored where the upstream takes too long or fails', async () => {
    const { id } = await challenged();
    house.upstream.afterSilence = () => new Promise(() => undefined);
    expect((await house.service.get(merchant(), id)).session.status).toBe('challenged');

    const other = await challenged();
    house.upstream.afterSilence = () => Promise.reject(new Error('A bug'));
    expect((await house.service.get(merchant(), other.id)).session.status).toBe('challenged');
  });

  it('can complete one that has become final there', async () => {
    const { id } = await challenged();
    await expect(house.service.complete(merchant(), id)).rejects.toThrow(NotAllowed);
    house.upstream.afterSilence = APPROVED;
    house.clock.advance(1_000);

    await house.service.complete(merchant(), id);

    expect(await house.stored(id)).toMatchObject({ status: 'approved', completedBy: 'merchant' });
  });

  describe('with a callback', () => {
    const receiver = new Receiver();

    beforeAll(() => receiver.start());
    afterAll(() => receiver.stop());

    it('is answered within its 8 s, though upstream and callback are both slow', async () => {
      receiver.behaviour = isSilent;
      house.upstream.answer = () => CHALLENGE;
      const command = house.command({ channelId, callbackUrl: receiver.url });
      const { view } = await house.service.create(house.actor(), command);
      house.upstream.afterSilence = () => new Promise((done) => setTimeout(done, 2_500, APPROVED));
      const begunAt = performance.now();

      const completion = house.service.complete(merchant(), view.session.id);

      await expect(completion).rejects.toMatchObject({ codes: ['session_callback_failed'] });
      expect(performance.now() - begunAt).toBeLessThan(8_000);
      expect(receiver.received).toHaveLength(1);
    });
  });
});

describe('a session that is over', () => {
  const closes = (): Step => step('final', {}, { state: { closed: true } });
  const told = (): number => house.upstream.told.filter(({ type }) => type === 'completed').length;

  it('is not closed at the upstream while its merchant has not completed it', async () => {
    const session = await create(APPROVED);
    house.upstream.onSignal = closes;
    house.clock.advance(600_000);
    await turn();

    expect(told()).toBe(0);
    expect(await house.stored(session.id)).toMatchObject({ status: 'approved', inquireAt: null });
  });

  it('is closed at the upstream once its merchant has completed it, and once only', async () => {
    const session = await create(APPROVED);
    house.upstream.onSignal = closes;

    await house.service.complete(merchant(), session.id);
    await turn();
    house.clock.advance(60_000);
    await turn();

    expect(told()).toBe(1);
    expect(await house.stored(session.id)).toMatchObject({
      completedBy: 'merchant',
      inquireAt: null,
      attempt: { state: { closed: true } },
    });
    expect((await typesOf(session)).at(-1)).toBe('upstream_completed');
  });

  it('is given up after an hour of trying, and is none the worse for it', async () => {
    const session = await create(APPROVED);
    house.upstream.onSignal = () => unreachable(false);
    await house.service.complete(merchant(), session.id);
    const { version } = await house.stored(session.id);

    for (let minute = 0; minute <= 75; minute++) {
      house.clock.advance(60_000);
      await turn();
    }

    expect(told()).toBeGreaterThan(10);
    expect(await house.stored(session.id)).toMatchObject({ version, inquireAt: null });
  });
});

it('sessions of a connector that cannot be asked are never due', async () => {
  house.connector.answer = () => step('challenge', { transStatus: 'C', challengeRequest: 'Y3JlcQ' });
  const { view } = await house.service.create(house.actor(), house.command());

  await house.service.get(merchant(), view.session.id);

  expect(view.session.inquireAt).toBeNull();
  expect(house.connector.fetched).toEqual([]);
});
