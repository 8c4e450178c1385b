/** Hosted sessions: the link, the stories of the cardholder's page, what a cancel ends, and who wins when two act at once. */
import type { Step } from '@app/authentication-port';
import { DataKeyring } from '@app/cards';
import { NotAllowed, NotFound } from '@app/kernel';
import { textOf } from '@app/platform';
import type { Caller } from '../../../libs/sessions/src/caller';
import { hashToken } from '../../../libs/sessions/src/domain/hosted-link';
import type { CreateSession } from '../../../libs/sessions/src/domain/new-session';
import { HostedSessions, type HostedVisit } from '../../../libs/sessions/src/hosted/hosted-sessions.service';
import { presentSession } from '../../../libs/sessions/src/http/session.presenter';
import { HostedLinkRepository } from '../../../libs/sessions/src/persistence/hosted-link.repository';
import { SessionWriter } from '../../../libs/sessions/src/session-writer.service';
import { Settlement } from '../../../libs/sessions/src/settlement.service';
import { aDevice, MERCHANT_INITIATED, RETURN_URLS } from '../../../libs/sessions/src/testing/sessions';
import type { CreatedSession } from '../../../libs/sessions/src/sessions.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { opened, refused, step } from './fake-connector';
import { House, START } from './house';

const MINUTE = 60_000;
const CALLBACK = 'http://127.0.0.1:9/never';
const CHALLENGE = step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });

let test: TestDatabase;
let house: House;
let hosted: HostedSessions;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  hosted = house.get(HostedSessions);
});

afterEach(() => {
  jest.restoreAllMocks();
  house.connector.reset();
  house.upstream.reset();
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const merchant = (): Caller => ({ kind: 'token', actor: house.actor() });
const command = (more: Partial<CreateSession> = {}): CreateSession =>
  house.command({ device: null, methodCompletion: null, returnUrls: RETURN_URLS, ...more });

interface Opened {
  id: string;
  token: string;
  visit: HostedVisit;
  created: CreatedSession;
}

async function open(more: Partial<CreateSession> = {}): Promise<Opened> {
  const created = await house.service.create(house.actor(), command(more));
  const token = created.view.linkToken?.expose() ?? '';
  return { id: created.view.session.id, token, visit: await found(token), created };
}

async function found(token: string): Promise<HostedVisit> {
  const visit = await hosted.find(token);
  if (!visit) throw new Error('No such link');
  return visit;
}

/** A session whose cardholder is to be challenged, nothing shown yet. */
async function challenged(more: Partial<CreateSession> = {}): Promise<Opened> {
  house.connector.answer = () => CHALLENGE;
  const made = await open(more);
  return { ...made, visit: await hosted.collect(made.visit, aDevice(), null) };
}

const typesOf = async (id: string): Promise<string[]> => (await house.events(id)).map(({ type }) => type);
const owed = (id: string): Promise<{ next_try_at: Date; payload: { status: string } }[]> =>
  house.database.query('SELECT next_try_at, payload FROM callback_message WHERE session_id = $1', [id]);
const linkRow = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await house.database.query('SELECT * FROM hosted_link WHERE session_id = $1', [id]))[0];
const redirectOf = ({ view }: Pick<CreatedSession, 'view'>): string | undefined =>
  (presentSession(view, 'http://x')['_links'] as Record<string, { href: string }>)['redirect_url']?.href;

describe('the creation of a hosted session', () => {
  it('waits for the cardholder, with a link that is stored as a hash and sealed', async () => {
    const { id, token, visit, created } = await open();

    expect(created.asked).toBe(false);
    expect(visit).toMatchObject({
      isOpen: true,
      session: { id, status: 'pending', flow: 'hosted', returnUrls: RETURN_URLS, device: null },
      link: { sessionId: id, merchantId: house.merchantId, viewId: null, seenAt: null, challengeShownAt: null },
    });
    expect(redirectOf(created)).toBe(`http://x/hosted/${token}`);
    expect(await linkRow(id)).toMatchObject({ token_hash: hashToken(token), session_id: id });
    const dump = await house.dump();
    const bytes = Buffer.from(token);
    for (const spelling of [token, bytes.toString('hex'), Buffer.from(token, 'base64url').toString('hex')]) {
      expect(dump).not.toContain(spelling);
    }
  });

  it('is one statement, and one for those that are not hosted, without a link', async () => {
    const query = jest.spyOn(house.database, 'query');

    await house.service.create(house.actor(), command());
    await house.service.create(house.actor(), command({ returnUrls: null }));

    const [withLink, without, ...more] = query.mock.calls.map(([sql]) => textOf(sql));
    expect(more).toEqual([]);
    expect(withLink).toContain('hosted_link');
    expect(without).not.toContain('hosted_link');
    expect(without).toMatch(/^WITH part0 AS \(INSERT INTO session /);
  });

  it('stores both kinds that come at the same moment, each link with its session', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        house.service.create(house.actor(), command(index % 2 === 0 ? {} : { returnUrls: null })),
      ),
    );

    for (const { view } of made) {
      const token = view.linkToken?.expose();
      expect(token !== undefined).toBe(view.session.flow === 'hosted');
      if (token !== undefined) expect((await found(token)).session.id).toBe(view.session.id);
    }
  });

  it('leaves neither session nor link when it fails', async () => {
    const { view } = await house.service.create(house.actor(), command());
    const before = await house.database.query('SELECT 1 FROM hosted_link');

    await expect(house.service.create(house.actor(), command(), view.session.id)).rejects.toMatchObject({
      codes: ['idempotency_key_in_use'],
    });

    expect(await house.database.query('SELECT 1 FROM hosted_link')).toHaveLength(before.length);
    expect((await found(view.linkToken?.expose() ?? '')).session.id).toBe(view.session.id);
  });

  it('gives the same link to whoever asks again, whether by token or by secret, while it is to be followed', async () => {
    const { id, token, visit, created } = await open();
    const secret = created.view.secret?.expose() ?? '';

    const again = await house.service.recover(house.actor(), id);
    const read = await house.service.get(merchant(), id);
    const bySecret = await house.service.get({ kind: 'secret', secret }, id);
    for (const view of [again?.view, read, bySecret]) expect(view?.linkToken?.expose()).toBe(token);

    await hosted.collect(visit, aDevice(), null);
    expect((await house.service.get(merchant(), id)).linkToken).toBeNull();
  });

  it('asks at once where nobody is to be redirected', async () => {
    house.connector.supports = new Set(['browser', 'threeRI']);
    const { created, visit } = await open({ device: MERCHANT_INITIATED }).finally(
      () => (house.connector.supports = new Set(['browser'])),
    );

    expect(created.asked).toBe(true);
    expect(visit.session).toMatchObject({ status: 'approved', completedBy: 'end' });
  });

  it('needs a token for the browser', async () => {
    const actor = { ...house.actor(), scopes: new Set(['sessions:app']) };

    await expect(house.service.create(actor, command())).rejects.toMatchObject({
      codes: ['operation_not_allowed_for_scope'],
    });
  });

  it('leaves no way in where the card was turned away', async () => {
    house.upstream.answer = () => refused('invalid', 'currency_invalid');
    const channelId = await house.channel('upstream');
    const insert = jest.spyOn(house.sessions, 'insert');

    await expect(house.service.create(house.actor(), command({ channelId }))).rejects.toMatchObject({
      codes: ['currency_invalid'],
    });

    const tokenHash = insert.mock.calls[0]?.[2]?.tokenHash;
    expect(tokenHash).toBeInstanceOf(Buffer);
    const links = jest.spyOn(house.get(HostedLinkRepository), 'findByToken');
    links.mockImplementationOnce(() => house.get(HostedLinkRepository).findByToken(tokenHash ?? Buffer.alloc(32)));
    expect(await hosted.find('a'.repeat(43))).toBeNull();
  });
});

describe('a link', () => {
  it('of nobody, and what is no token at all, leads nowhere', async () => {
    const { token } = await open();

    for (const text of ['a'.repeat(43), token.slice(1), `${token}a`, token.toLowerCase(), '', "'; --"]) {
      if (text !== token) expect(await hosted.find(text)).toBeNull();
    }
  });

  it('opens for 15 min after the end, then says that it is over, and is forgotten at last', async () => {
    const { id, token, visit } = await open();
    await hosted.collect(visit, aDevice(), null);

    house.clock.advance(14 * MINUTE);
    expect(await found(token)).toMatchObject({ isOpen: true, session: { status: 'approved' } });
    house.clock.advance(2 * MINUTE);
    expect(await found(token)).toMatchObject({ isOpen: false });

    const sweep = (days: number): Promise<void> =>
      house.get(HostedLinkRepository).deleteForgotten(new Date(START.getTime() + days * 24 * 60 * MINUTE));
    await sweep(29);
    expect(await linkRow(id)).toBeDefined();
    await sweep(31);
    expect(await linkRow(id)).toBeUndefined();
    expect(await hosted.find(token)).toBeNull();
  });

  it('can be told again for as long as an operator’s link may live', async () => {
    const { id } = await open();

    const [key] = await house.database.query<{ reach: boolean }>(
      `SELECT k.destroy_after > l.created_at + interval '7 days 1 hour' AS reach FROM hosted_link l
       JOIN data_key k ON uuid_send(k.id) = substring(l.token_sealed FROM 2 FOR 16) WHERE l.session_id = $1`,
      [id],
    );
    expect(key).toEqual({ reach: true });
  });

  it('is not told when its key is gone, and the session is read all the same', async () => {
    const { id } = await open();
    jest.spyOn(house.get(DataKeyring), 'open').mockResolvedValue(null);

    const view = await house.service.get(merchant(), id);
    expect(view.linkToken).toBeNull();
    expect(redirectOf({ view })).toBeUndefined();
  });

  it('is no credential for another session', async () => {
    const [mine, other] = [await open(), await open()];
    const caller: Caller = { kind: 'cardholder', sessionId: mine.id };

    await expect(house.service.collectData(caller, other.id, aDevice(), null)).rejects.toThrow(NotFound);
    await expect(house.service.reportMethod(caller, other.id, 'Y')).rejects.toThrow(NotFound);
  });
});

describe('views', () => {
  it('take the session from each other: the last one has it', async () => {
    const { id, token, visit } = await open();
    const seenAt = house.clock.now();

    expect((await hosted.takeView(visit, 'view-1')).link).toMatchObject({ viewId: 'view-1', seenAt });
    house.clock.advance(MINUTE);
    expect((await hosted.takeView(visit, 'view-2')).link).toMatchObject({ viewId: 'view-2', seenAt });
    expect((await found(token)).link.viewId).toBe('view-2');
    expect((await house.stored(id)).version).toBe(1);
  });

  it('look different after everything that a page could show', async () => {
    const { id, visit } = await challenged();
    const looks = async (): Promise<string | undefined> => (await hosted.looks([id])).get(id);
    const seen = [await looks()];

    await hosted.takeView(visit, 'view-1');
    seen.push(await looks());
    await hosted.showChallenge(visit, '02');
    seen.push(await looks());
    await house.inbox.accept(
      'fake',
      `n ${id}`,
      visit.session.attempt.transactionId,
      { facts: { transStatus: 'Y' } },
      {},
    );
    seen.push(await looks());

    expect(new Set(seen).size).toBe(4);
    expect(await looks()).toBe(seen[3]);
    expect((await hosted.looks(['01987f7d-2a5c-7b1e-9c3d-0f1e2d3c4b5a'])).size).toBe(0);
  });
});

describe('the cardholder’s page', () => {
  it('gives the browser as it came, and the issuer is asked', async () => {
    house.connector.methodUrl = 'https://issuer.example/method';
    const { id, visit } = await open();

    const after = await hosted.collect(visit, aDevice(), 'Y');

    expect(after.session).toMatchObject({ status: 'approved', device: aDevice(), methodCompletion: 'Y' });
    expect(house.connector.started).toMatchObject([{ methodCompletion: 'Y', browser: { userAgent: 'Mozilla/5.0' } }]);
    const [, sent] = await house.events(id);
    expect(sent).toMatchObject({ type: 'request_sent', actor: 'cardholder' });
  });

  it('may tell of the 3DS Method first: nothing is asked yet', async () => {
    house.connector.methodUrl = 'https://issuer.example/method';
    const { visit } = await open();

    const told = await hosted.reportMethod(visit, 'Y');
    expect(told.session).toMatchObject({ status: 'pending', methodCompletion: 'Y', device: null });
    // A second report, from a page that was loaded again, changes nothing.
    expect((await hosted.reportMethod(told, 'N')).session).toEqual(told.session);
    expect((await hosted.collect(told, aDevice(), null)).session).toMatchObject({ status: 'approved' });
    expect(house.connector.started).toMatchObject([{ methodCompletion: 'Y' }]);
  });

  it('tells of the 3DS Method after the data, where only an upstream knew of one', async () => {
    const channelId = await house.channel('upstream');
    house.upstream.answer = () => opened({ identity: { methodUrl: 'https://issuer.example/method' } }, 'sid_m');
    house.upstream.onSignal = ({ type }) =>
      type === 'channel_data'
        ? step('need_method', {}, { state: { upstreamId: 'sid_m' } })
        : step('final', { transStatus: 'Y', resultSource: 'ARes' });
    const { visit } = await open({ channelId });

    const waiting = await hosted.collect(visit, aDevice(), 'N');
    expect(waiting.session).toMatchObject({ status: 'pending', device: aDevice(), methodCompletion: null });
    expect((await hosted.reportMethod(waiting, 'N')).session.status).toBe('approved');
  });

  it('asks once, whoever comes first and however often it is told', async () => {
    const { id, visit } = await open();
    const visits = await Promise.all(Array.from({ length: 8 }, () => hosted.collect(visit, aDevice(), null)));
    const late = await hosted.collect(visit, aDevice(), null);

    expect(house.connector.started).toHaveLength(1);
    for (const { session } of [...visits, late]) expect(session.id).toBe(id);
    expect(late.session.status).toBe('approved');
    expect((await typesOf(id)).filter((type) => type === 'request_sent')).toHaveLength(1);
  });

  it('yields to its merchant, who may collect the data as well', async () => {
    const { id, visit } = await open();

    const view = await house.service.collectData(merchant(), id, aDevice(), null);
    expect(view.session).toMatchObject({ status: 'approved', completedBy: 'end' });
    expect((await hosted.collect(visit, aDevice(), null)).session.status).toBe('approved');
    expect(house.connector.started).toHaveLength(1);
  });

  it('ends the session with what an upstream does not take: its cardholder cannot mend it', async () => {
    const channelId = await house.channel('upstream');
    house.upstream.answer = () => opened({}, 'sid_refused');
    house.upstream.onSignal = () => refused('invalid', 'channel_data_language_invalid');
    const { id, visit } = await open({ channelId });

    const ended = await hosted.collect(visit, aDevice(), 'N');
    expect(ended.session).toMatchObject({ status: 'unavailable', statusReason: 'ares_error' });
    expect(await typesOf(id)).toEqual(['created', 'opened', 'request_sent', 'refused']);
  });

  it('waits on where the upstream says that another call is at work', async () => {
    const channelId = await house.channel('upstream');
    house.upstream.answer = () => opened({}, 'sid_in_use');
    house.upstream.onSignal = () => refused('not_allowed', 'session_already_in_use');
    const { visit } = await open({ channelId });

    const waiting = await hosted.collect(visit, aDevice(), 'N');
    expect(waiting.session).toMatchObject({ status: 'processing' });
    expect(waiting.session.inquireAt).not.toBeNull();
  });

  it('keeps when it came to which point, once each, and touches nothing else', async () => {
    const { id, visit } = await open();
    house.clock.advance(MINUTE);
    const at = house.clock.now();

    await hosted.recordLegs(visit, [
      { leg: 'page_shown', msAgo: 5_000 },
      { leg: 'first_input', msAgo: 10 * MINUTE },
      { leg: 'page_shown', msAgo: 1 },
    ]);
    house.clock.advance(MINUTE);
    await hosted.recordLegs(visit, [
      { leg: 'page_shown', msAgo: 0 },
      { leg: 'method_started', msAgo: -5_000 },
    ]);

    const legs = await house.database.query('SELECT * FROM session_leg WHERE session_id = $1 ORDER BY leg', [id]);
    expect(legs).toEqual([
      { session_id: id, merchant_id: house.merchantId, leg: 'first_input', at: visit.session.createdAt },
      { session_id: id, merchant_id: house.merchantId, leg: 'method_started', at: house.clock.now() },
      { session_id: id, merchant_id: house.merchantId, leg: 'page_shown', at: new Date(at.getTime() - 5_000) },
    ]);
    expect(await house.stored(id)).toEqual(visit.session);
  });
});

describe('a cancel', () => {
  it('before anything was asked ends the session', async () => {
    const { id, visit } = await open({ callbackUrl: CALLBACK });

    const { session } = await hosted.cancel(visit);

    expect(session).toMatchObject({ status: 'expired', completedBy: 'end', attempt: { progress: 'settled' } });
    expect(await typesOf(id)).toEqual(['created', 'cancelled']);
    expect(await owed(id)).toMatchObject([{ payload: { status: 'expired' } }]);
    expect(house.connector.told).toEqual([]);
    expect((await hosted.collect(visit, aDevice(), null)).session.status).toBe('expired');
    expect(house.connector.started).toEqual([]);
  });

  it('of a challenge that was never shown declines it: the issuer’s result is told so and changes nothing', async () => {
    house.connector.onSignal = (_signal, { state }) => step('waiting', {}, { state: { ...state, declined: true } });
    const { id, visit } = await challenged();

    const { session } = await hosted.cancel(visit);
    expect(session).toMatchObject({
      status: 'challenge_abandoned',
      attempt: { state: { declined: true }, facts: { cancelled: 'before_challenge' } },
    });
    expect(house.connector.told).toEqual([{ type: 'challenge_declined' }]);

    await house.inbox.accept('fake', `n ${id}`, session.attempt.transactionId, { facts: { transStatus: 'Y' } }, {});
    expect(await house.stored(id)).toMatchObject({ status: 'challenge_abandoned' });
    expect((await typesOf(id)).slice(-2)).toEqual(['challenge_declined', 'notice_without_effect']);
  });

  it('of a challenge that was shown changes nothing: the result is the issuer’s', async () => {
    const { id, visit } = await challenged();
    const shown = await hosted.showChallenge(visit, '03');
    expect(shown.link).toMatchObject({ challengeWindow: '03' });
    expect(shown.link.challengeShownAt).not.toBeNull();

    const left = await hosted.cancel(shown);
    expect(left.session).toEqual(visit.session);

    await house.inbox.accept(
      'fake',
      `n ${id}`,
      visit.session.attempt.transactionId,
      { facts: { transStatus: 'Y' } },
      {},
    );
    expect(await house.stored(id)).toMatchObject({ status: 'approved' });
  });

  it('while the issuer is asked changes nothing', async () => {
    const silence = Promise.withResolvers<Step>();
    house.connector.answer = () => silence.promise;
    const { token, visit } = await open();
    const asking = hosted.collect(visit, aDevice(), null);
    while (house.connector.started.length === 0) await new Promise((done) => setTimeout(done, 5));

    expect((await hosted.cancel(await found(token))).session).toMatchObject({ status: 'processing' });
    silence.resolve(CHALLENGE);
    expect((await asking).session.status).toBe('challenged');
  });

  it('of what is over already changes nothing', async () => {
    const { visit } = await open();
    const { session } = await hosted.collect(visit, aDevice(), null);

    expect((await hosted.cancel(visit)).session).toEqual(session);
    expect((await hosted.showChallenge(visit, '01')).link.challengeShownAt).toBeNull();
  });

  it('and a challenge that is shown at the same moment: one of the two has happened, never both', async () => {
    for (let round = 0; round < 12; round++) {
      const { visit } = await challenged();
      const acts = [() => hosted.cancel(visit), () => hosted.showChallenge(visit, '05')];
      await Promise.all((round % 2 === 0 ? acts : acts.reverse()).map((act) => act()));

      const { session, link } = await hosted.cancel(visit);
      const isShown = link.challengeShownAt !== null;
      expect(session.status).toBe(isShown ? 'challenged' : 'challenge_abandoned');
    }
  });

  it('waits for a show that holds the session, and sees it', async () => {
    const { visit } = await challenged();
    let cancelling: Promise<HostedVisit> | undefined;

    await house.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM session WHERE id = $1 FOR SHARE', [visit.session.id]);
      await tx.query('UPDATE hosted_link SET challenge_shown_at = now() WHERE session_id = $1', [visit.session.id]);
      cancelling = hosted.cancel(visit);
      await house.lockedOut(1);
    });

    expect((await cancelling)?.session.status).toBe('challenged');
  });

  it('and the page’s own data at the same moment: the issuer is asked, or nobody is', async () => {
    for (let round = 0; round < 12; round++) {
      house.connector.started.length = 0;
      const { visit } = await open();
      await Promise.all([hosted.collect(visit, aDevice(), null), hosted.cancel(visit)]);

      const { session } = await hosted.cancel(visit);
      expect(session.status).toBe(house.connector.started.length > 0 ? 'approved' : 'expired');
    }
  });

  it('and the result at the same moment: whichever was first stands', async () => {
    for (let round = 0; round < 8; round++) {
      const { id, visit } = await challenged();
      const { transactionId } = visit.session.attempt;
      const [{ session }] = await Promise.all([
        hosted.cancel(visit),
        house.inbox.accept('fake', `n ${id}`, transactionId, { facts: { transStatus: 'Y' } }, {}),
      ]);

      const now = await house.stored(id);
      expect(['approved', 'challenge_abandoned']).toContain(now.status);
      if (session.status !== 'challenged') expect(now.status).toBe(session.status);
    }
  });
});

describe('a process that dies', () => {
  /** Calls that the dead were still waiting for; they end with the tests, or closing would wait for them. */
  const silence = Promise.withResolvers<Step>();
  afterAll(() => silence.resolve(step('waiting')));

  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((done) => setTimeout(done, 5));
  };

  it('after the session was stored leaves a link that the next try is told', async () => {
    const channelId = await house.channel('upstream');
    house.upstream.answer = () => silence.promise;
    const insert = jest.spyOn(house.sessions, 'insert');
    void house.service.create(house.actor(), command({ channelId }));
    await until(() => house.upstream.started.length > 0);

    const [change, , link] = insert.mock.calls[0] ?? [];
    house.upstream.answer = () => opened({}, 'sid_died');
    const again = await house.service.recover(house.actor(), change?.session.id ?? '');

    const token = again?.view.linkToken?.expose() ?? '';
    expect(hashToken(token)).toEqual(link?.tokenHash);
    expect((await found(token)).session).toMatchObject({ status: 'pending', attempt: { progress: 'opened' } });
  });

  it('while the issuer is asked leaves a session that its deadline ends, and its merchant hears of it', async () => {
    house.connector.answer = () => silence.promise;
    const { id, token, visit } = await open({ callbackUrl: CALLBACK });
    void hosted.collect(visit, aDevice(), null);
    await until(() => house.connector.started.length > 0);

    const left = await found(token);
    expect(left.session).toMatchObject({ status: 'processing', attempt: { progress: 'asked' } });
    // A page that comes now asks nobody a second time.
    expect((await hosted.collect(left, aDevice(), null)).session).toEqual(left.session);
    expect((await hosted.cancel(left)).session).toEqual(left.session);

    house.clock.advance(4 * MINUTE);
    await house.get(Settlement).settle(id);
    expect((await found(token)).session).toMatchObject({ status: 'unavailable', completedBy: 'end' });
    expect(await owed(id)).toMatchObject([{ payload: { status: 'unavailable' } }]);
    expect(house.connector.started).toHaveLength(1);
  });

  it('before a decline is stored, or while it is, leaves the challenge as it was', async () => {
    const { id, visit } = await challenged({ callbackUrl: CALLBACK });
    const writer = house.get(SessionWriter);
    const save = writer.save.bind(writer);
    const dies = new Error('the process dies');
    const deaths: (typeof save)[] = [
      () => Promise.reject(dies),
      async (...args) => {
        await save(...args);
        throw dies;
      },
    ];

    for (const death of deaths) {
      jest.spyOn(writer, 'save').mockImplementationOnce(death);
      await expect(hosted.cancel(visit)).rejects.toBe(dies);
      expect(await house.stored(id)).toEqual(visit.session);
      expect(await owed(id)).toEqual([]);
    }

    expect((await hosted.cancel(visit)).session.status).toBe('challenge_abandoned');
    expect(await owed(id)).toMatchObject([{ payload: { status: 'challenge_abandoned' } }]);
  });

  it('after the challenge was handed out leaves it as one that only the issuer can end', async () => {
    const { token, visit } = await challenged();
    const links = house.get(HostedLinkRepository);
    const read = jest.spyOn(links, 'findByToken').mockRejectedValueOnce(new Error('the process dies'));

    await expect(hosted.showChallenge(visit, '04')).rejects.toThrow('the process dies');
    read.mockRestore();

    const left = await found(token);
    expect(left.link.challengeShownAt).not.toBeNull();
    expect((await hosted.cancel(left)).session.status).toBe('challenged');
    // Shown again in another window it is still the one that was handed out.
    house.clock.advance(MINUTE);
    expect((await hosted.showChallenge(left, '01')).link).toEqual(left.link);
  });
});

describe('the end of a hosted session', () => {
  it.each<[string, (visit: HostedVisit) => Promise<unknown>, string]>([
    ['by the answer', (visit) => hosted.collect(visit, aDevice(), null), 'approved'],
    ['by a cancel', (visit) => hosted.cancel(visit), 'expired'],
    [
      'by its deadline',
      async ({ session }) => {
        house.clock.advance(31 * MINUTE);
        await house.get(Settlement).settle(session.id);
      },
      'expired',
    ],
  ])('%s completes it and owes its callback at once', async (_how, end, status) => {
    const { id, visit } = await open({ callbackUrl: CALLBACK });

    await end(visit);

    const session = await house.stored(id);
    expect(session).toMatchObject({ status, completedBy: 'end', completedAt: session.finalAt });
    expect(await owed(id)).toMatchObject([{ next_try_at: session.finalAt, payload: { status } }]);
  });

  it('owes its callback even where the channel leaves completing to merchants', async () => {
    await house.database.query('UPDATE processing_channel SET auto_complete = false WHERE id = $1', [house.channelId]);
    try {
      const { id, visit } = await open({ callbackUrl: CALLBACK });
      await hosted.cancel(visit);
      expect(await owed(id)).toHaveLength(1);
    } finally {
      await house.database.query('UPDATE processing_channel SET auto_complete = true WHERE id = $1', [house.channelId]);
    }
  });

  it('by a result that an issuer sends owes it in the same transaction', async () => {
    const { id, visit } = await challenged({ callbackUrl: CALLBACK });
    jest.spyOn(house.notices, 'answered').mockRejectedValueOnce(new Error('the process dies'));
    const accept = (): Promise<unknown> =>
      house.inbox.accept('fake', `n ${id}`, visit.session.attempt.transactionId, { facts: { transStatus: 'Y' } }, {});

    await expect(accept()).rejects.toThrow('the process dies');
    expect(await owed(id)).toEqual([]);
    await accept();
    expect(await owed(id)).toMatchObject([{ payload: { status: 'approved' } }]);
  });

  it('owes nothing without an address', async () => {
    const { id, visit } = await open();
    await hosted.cancel(visit);
    expect(await owed(id)).toEqual([]);
  });

  it('is not moved by its callback, whatever became of it', async () => {
    const { id, visit } = await open({ callbackUrl: CALLBACK });
    const { session } = await hosted.cancel(visit);

    await house.service.callbackDelivered(id);
    expect(await house.stored(id)).toEqual(session);
  });

  it('has an upstream told that it is over', async () => {
    const channelId = await house.channel('upstream');
    house.upstream.answer = () => opened({}, 'sid_ended');
    house.upstream.onSignal = () => step('final', { transStatus: 'Y', resultSource: 'ARes' });
    const { visit } = await open({ channelId });

    const { session } = await hosted.collect(visit, aDevice(), 'N');
    expect(session).toMatchObject({ status: 'approved', inquireAt: session.finalAt });
  });

  it('cannot be completed by anybody, in no state', async () => {
    const { id, visit, created } = await challenged();
    const secret: Caller = { kind: 'secret', secret: created.view.secret?.expose() ?? '' };
    const refusedToAll = async (): Promise<void> => {
      for (const caller of [merchant(), secret]) {
        const completing = house.service.complete(caller, id);
        await expect(completing).rejects.toThrow(NotAllowed);
        await expect(completing).rejects.toMatchObject({ codes: ['update_not_allowed_due_to_state'] });
      }
    };

    await refusedToAll();
    await hosted.cancel(visit);
    await refusedToAll();
  });
});
