import type { Ack } from '@app/authentication-port';
import { newUuidV4, Secret } from '@app/kernel';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { HostedSessions, type HostedVisit } from '../../../libs/sessions/src/hosted/hosted-sessions.service';
import { ReturnTickets } from '../../../libs/sessions/src/hosted/return-ticket';
import { aDevice } from '../../../libs/sessions/src/testing/sessions';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

const CRYPTOGRAM = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=';
const APPROVED = { messageType: 'RReq', facts: { transStatus: 'Y', eci: '05' } };

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

/** A session in its challenge, opened through the service. */
async function challenged(): Promise<Session> {
  house.connector.answer = () => step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
  const { view } = await house.service.create(house.actor(), house.command());
  return view.session;
}

const accept = (
  session: Session,
  notice: Record<string, unknown> = APPROVED,
  noticeId = newUuidV4(),
  value: string | null = CRYPTOGRAM,
): Promise<Ack> =>
  house.inbox.accept(
    'fake',
    noticeId,
    session.attempt.transactionId,
    notice,
    value === null ? {} : { authenticationValue: new Secret(value) },
  );

const bodyOf = (ack: Ack): unknown => (ack.outcome === 'answered' ? JSON.parse(ack.answer.body) : ack.outcome);

const noticeRow = async (noticeId: string): Promise<Record<string, unknown> | undefined> => {
  const [row] = await house.database.query('SELECT * FROM notice_seen WHERE notice_id = $1', [noticeId]);
  return row;
};

const typesOf = async (session: Session): Promise<string[]> => (await house.events(session.id)).map(({ type }) => type);

describe('a notice', () => {
  it('settles its session and is answered, and the answer is kept', async () => {
    const session = await challenged();
    const noticeId = newUuidV4();

    const ack = await accept(session, APPROVED, noticeId);

    expect(bodyOf(ack)).toMatchObject({ verdict: 'taken' });
    expect(await house.stored(session.id)).toMatchObject({ status: 'approved', challenged: true, deadlineAt: null });
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'challenge_required', 'authenticated']);
    expect(await noticeRow(noticeId)).toMatchObject({
      session_id: session.id,
      body: APPROVED,
      answer: ack.outcome === 'answered' ? ack.answer : null,
      secrets_sealed: null,
      acted_at: house.clock.now(),
    });
  });

  it('hands its authentication value on, sealed, to be read by a token', async () => {
    const session = await challenged();
    await accept(session);

    const view = await house.service.get({ kind: 'token', actor: house.actor() }, session.id);

    expect(view.authenticationValue?.expose()).toBe(CRYPTOGRAM);
  });

  it('that nobody waits for is unknown and leaves nothing', async () => {
    const noticeId = newUuidV4();

    expect(await house.inbox.accept('fake', noticeId, newUuidV4(), APPROVED, {})).toEqual({ outcome: 'unknown' });
    expect(await noticeRow(noticeId)).toBeUndefined();
  });

  it('of another connector with the same key is unknown', async () => {
    const session = await challenged();

    expect(await house.inbox.accept('other', newUuidV4(), session.attempt.transactionId, APPROVED, {})).toEqual({
      outcome: 'unknown',
    });
  });

  it('that the connector refuses is answered, kept and changes nothing', async () => {
    const session = await challenged();

    expect(bodyOf(await accept(session, { refuse: true }))).toMatchObject({ verdict: 'ignored' });

    expect((await house.stored(session.id)).status).toBe('challenged');
    expect((await typesOf(session)).at(-1)).toBe('notice_without_effect');
    expect((await house.exchanges(session.id)).map(({ message_type }) => message_type)).toEqual(['RReq', 'RRes']);
  });

  it('may hold text that no database can keep', async () => {
    const session = await challenged();
    const notice = { ...APPROVED, text: 'NUL \u0000, half a pair \ud800', 'name\u0000': 1 };
    const noticeId = newUuidV4();

    expect(bodyOf(await accept(session, notice, noticeId))).toMatchObject({ verdict: 'taken' });
    expect((await house.stored(session.id)).status).toBe('approved');
    expect(await noticeRow(noticeId)).toMatchObject({ body: { text: 'NUL \ufffd, half a pair \ufffd' } });
  });
});

describe('the same notice again', () => {
  it('gets the same answer and has no second effect', async () => {
    const session = await challenged();
    const noticeId = newUuidV4();
    const first = await accept(session, APPROVED, noticeId);
    const story = await typesOf(session);

    expect(await accept(session, APPROVED, noticeId)).toEqual(first);
    expect(await typesOf(session)).toEqual(story);
  });

  it('fifty times at once has one effect and one answer', async () => {
    const session = await challenged();
    const noticeId = newUuidV4();
    const asked = house.connector.notices;

    const acks = await Promise.all(Array.from({ length: 50 }, () => accept(session, APPROVED, noticeId)));

    expect(acks).toEqual(acks.map(() => acks[0]));
    expect(bodyOf(acks[0] as Ack)).toMatchObject({ verdict: 'taken' });
    expect(house.connector.notices - asked).toBe(1);
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'challenge_required', 'authenticated']);
    expect(await house.exchanges(session.id)).toHaveLength(2);
    expect((await house.stored(session.id)).version).toBe(session.version + 1);
  });
});

describe('different notices at once', () => {
  it('for one session: one settles it, the others are kept without effect', async () => {
    const session = await challenged();

    const acks = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        accept(session, { messageType: 'RReq', facts: { transStatus: index % 2 ? 'Y' : 'N' } }),
      ),
    );

    const verdicts = acks.map((ack) => (bodyOf(ack) as { verdict: string }).verdict).sort();
    expect(verdicts).toEqual([...Array.from({ length: 19 }, () => 'ignored'), 'taken']);
    const story = await typesOf(session);
    expect(story.filter((type) => type === 'notice_without_effect')).toHaveLength(19);
    expect(story.filter((type) => type === 'authenticated' || type === 'not_authenticated')).toHaveLength(1);
    expect(await house.exchanges(session.id)).toHaveLength(40);
  });
});

describe('a notice that overtakes the answer', () => {
  it('settles the session; the answer is kept and changes nothing', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    house.connector.answer = async () => {
      await held;
      return step(
        'challenge',
        { transStatus: 'C', resultSource: 'ARes' },
        {
          exchanges: [{ direction: 'received', messageType: 'ARes', at: house.clock.now(), body: {} }],
        },
      );
    };
    const started = house.connector.started.length;
    const creating = house.service.create(house.actor(), house.command());
    while (house.connector.started.length === started) await new Promise((done) => setTimeout(done, 5));
    const attempt = house.connector.started.at(-1);
    const transactionId = attempt?.transactionId ?? '';

    const ack = await house.inbox.accept('fake', newUuidV4(), transactionId, APPROVED, {});
    release();
    const { view } = await creating;

    expect(bodyOf(ack)).toMatchObject({ verdict: 'taken' });
    expect(view.session).toMatchObject({ status: 'approved', challenged: true });
    expect(view.session.attempt.facts.transStatus).toBe('Y');
    expect(await typesOf(view.session)).toEqual(['created', 'request_sent', 'authenticated', 'late_answer']);
    expect((await house.exchanges(view.session.id)).map(({ message_type }) => message_type)).toEqual([
      'RReq',
      'RRes',
      'ARes',
    ]);
  });
});

describe('a notice on a final session', () => {
  it('is answered, kept and changes nothing', async () => {
    house.connector.answer = () => step('final', { transStatus: 'N', resultSource: 'ARes' });
    const { view } = await house.service.create(house.actor(), house.command());
    const noticeId = newUuidV4();

    expect(bodyOf(await accept(view.session, APPROVED, noticeId))).toMatchObject({ verdict: 'ignored' });

    const stored = await house.stored(view.session.id);
    expect(stored).toMatchObject({ status: 'declined', finalAt: view.session.finalAt });
    expect(stored.attempt.facts.transStatus).toBe('N');
    expect(stored.attempt.authenticationValueSealed).toBeNull();
    expect((await typesOf(view.session)).at(-1)).toBe('notice_without_effect');
    expect(await noticeRow(noticeId)).toMatchObject({ body: APPROVED });
  });
});

describe('a connector that insists on a notice after the end', () => {
  it('changes nothing either: a final status has no exit', async () => {
    house.connector.answer = () => step('final', { transStatus: 'N', resultSource: 'ARes' });
    const { view } = await house.service.create(house.actor(), house.command());

    expect(bodyOf(await accept(view.session, { ...APPROVED, insist: true }))).toMatchObject({ verdict: 'taken' });

    const stored = await house.stored(view.session.id);
    expect(stored.status).toBe('declined');
    expect(stored.attempt.facts.transStatus).toBe('N');
    expect((await typesOf(view.session)).at(-1)).toBe('notice_without_effect');
  });
});

describe('a session that gets one notice after another', () => {
  it('keeps twenty and does not know the next, but still answers those it has', async () => {
    const session = await challenged();
    const ids = Array.from({ length: 20 }, () => newUuidV4());
    const answers: Ack[] = [];
    for (const id of ids) answers.push(await accept(session, { messageType: 'RReq', refuse: true }, id, null));

    expect(await accept(session)).toEqual({ outcome: 'unknown' });

    expect((await house.stored(session.id)).status).toBe('challenged');
    expect(await accept(session, { messageType: 'RReq', refuse: true }, ids[3], null)).toEqual(answers[3]);
    expect(await accept(await challenged())).toMatchObject({ outcome: 'answered' });
  });
});

describe('a notice that was stored and left', () => {
  it('is found after its grace and acted upon once', async () => {
    const session = await challenged();
    const noticeId = newUuidV4();
    await house.notices.insert({
      connector: 'fake',
      noticeId,
      sessionId: session.id,
      body: APPROVED,
      secretsSealed: null,
      receivedAt: house.clock.now(),
    });
    const find = async (before: Date) =>
      (await house.notices.findLeft({ before, due: house.clock.now() }, 1000)).filter(
        (left) => left.noticeId === noticeId,
      );
    expect(await find(house.clock.now())).toEqual([]);
    const [left] = await find(new Date(house.clock.now().getTime() + 1));
    if (!left) throw new Error('The notice was not found');

    await house.inbox.resume(left);
    await house.inbox.resume(left);

    expect((await house.stored(session.id)).status).toBe('approved');
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'challenge_required', 'authenticated']);
    expect(await find(new Date(house.clock.now().getTime() + 1))).toEqual([]);
  });

  it('is not overwritten by another that calls itself the same', async () => {
    const session = await challenged();
    const noticeId = newUuidV4();
    const first = {
      connector: 'fake',
      noticeId,
      sessionId: session.id,
      body: { a: 1 },
      secretsSealed: null,
      receivedAt: house.clock.now(),
    };
    await house.notices.insert(first);
    await house.notices.insert({ ...first, body: { a: 2 } });

    expect(await noticeRow(noticeId)).toMatchObject({ body: { a: 1 } });
  });

  it('is forgotten when no upstream repeats itself that late', async () => {
    const session = await challenged();
    const noticeId = newUuidV4();
    await accept(session, APPROVED, noticeId);

    await house.notices.deleteReceivedBefore(house.clock.now());
    expect(await noticeRow(noticeId)).toBeDefined();
    await house.notices.deleteReceivedBefore(new Date(house.clock.now().getTime() + 1));
    expect(await noticeRow(noticeId)).toBeUndefined();
  });
});

describe('a cardholder who comes back from the challenge', () => {
  it('is noted and decides nothing', async () => {
    const session = await challenged();

    expect(await house.inbox.challengeReturned('fake', session.attempt.transactionId)).toMatchObject({ known: true });

    expect((await house.stored(session.id)).status).toBe('challenged');
    expect((await house.events(session.id)).at(-1)).toMatchObject({ type: 'challenge_returned', actor: 'cardholder' });
  });

  it('is noted once, however often anybody posts there', async () => {
    const session = await challenged();
    const back = async (): Promise<boolean> =>
      (await house.inbox.challengeReturned('fake', session.attempt.transactionId)).known;

    expect(await Promise.all([back(), back(), back(), back()])).toEqual([true, true, true, true]);
    const { version } = await house.stored(session.id);
    expect(await back()).toBe(true);

    expect((await typesOf(session)).filter((type) => type === 'challenge_returned')).toHaveLength(1);
    expect((await house.stored(session.id)).version).toBe(version);
  });

  it('is nothing new to a session that has its result', async () => {
    const session = await challenged();
    await accept(session);
    const { version } = await house.stored(session.id);

    expect(await house.inbox.challengeReturned('fake', session.attempt.transactionId)).toMatchObject({ known: true });

    expect(await house.stored(session.id)).toMatchObject({ status: 'approved', version });
  });

  it('of no session is told apart', async () => {
    expect(await house.inbox.challengeReturned('fake', newUuidV4())).toEqual({ known: false });
    expect(await house.inbox.challengeReturned('fake', null, 'bm90IGEgdGlja2V0')).toEqual({ known: false });
  });
});

describe('a cardholder who comes back to a hosted page', () => {
  const returnUrls = { success: 'https://shop.example/yes', failure: 'https://shop.example/no' };
  const ticketOf = ({ id }: Session): string => house.get(ReturnTickets).of(id);

  /** A hosted session in its challenge, and the address of its page. */
  async function hosted(): Promise<{ session: Session; page: string }> {
    house.connector.answer = () =>
      step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
    const { view } = await house.service.create(house.actor(), house.command({ device: null, returnUrls }));
    const caller = { kind: 'token', actor: house.actor() } as const;
    await house.service.collectData(caller, view.session.id, aDevice(), 'Y');
    const page = `http://127.0.0.1:4000/hosted/${view.linkToken?.expose()}`;
    return { session: await house.stored(view.session.id), page };
  }

  it('is taken to it by what the page gave to the issuer', async () => {
    const { session, page } = await hosted();

    const told = await house.inbox.challengeReturned('fake', session.attempt.transactionId, ticketOf(session));

    expect(told).toEqual({ known: true, notificationUrl: null, returnUrl: page });
  });

  it('is known to have come back from a challenge that was shown, from its first return on', async () => {
    const { session, page } = await hosted();
    const sessions = house.get(HostedSessions);
    const visit = async (): Promise<HostedVisit> => (await sessions.find(page.slice(-43)))!;
    const comesBack = (data?: string): Promise<unknown> =>
      house.inbox.challengeReturned('fake', session.attempt.transactionId, data);
    await comesBack(ticketOf(session));
    expect((await visit()).link.returnedAt).toBeNull();

    await sessions.showChallenge(await visit(), '05');
    await comesBack();
    expect((await visit()).link.returnedAt).toBeNull();
    await comesBack(ticketOf(session));
    const { returnedAt } = (await visit()).link;
    expect(returnedAt).toEqual(house.clock.now());
    house.clock.advance(60_000);
    await comesBack(ticketOf(session));

    expect((await visit()).link.returnedAt).toEqual(returnedAt);
  });

  it('is taken to it also where the issuer names no transaction, and is noted', async () => {
    const { session, page } = await hosted();

    expect(await house.inbox.challengeReturned('fake', null, ticketOf(session))).toMatchObject({ returnUrl: page });

    expect((await house.events(session.id)).at(-1)).toMatchObject({ type: 'challenge_returned' });
    expect((await house.stored(session.id)).status).toBe('challenged');
  });

  it('is taken nowhere without it, with another session’s, and with one that we never gave', async () => {
    const [{ session }, other] = [await hosted(), await hosted()];

    for (const data of [
      undefined,
      '',
      'c2lk',
      ticketOf(other.session),
      ticketOf(session).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ]) {
      expect(await house.inbox.challengeReturned('fake', session.attempt.transactionId, data)).toEqual({
        known: true,
        notificationUrl: null,
        returnUrl: null,
      });
    }
  });

  it('is taken nowhere where the merchant has a page of its own', async () => {
    const session = await challenged();

    const told = await house.inbox.challengeReturned('fake', session.attempt.transactionId, ticketOf(session));

    expect(told).toEqual({ known: true, notificationUrl: null, returnUrl: null });
  });
});
