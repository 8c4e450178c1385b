import type { Signal, Step } from '@app/authentication-port';
import type { ConnectorAccounts, ConnectorAccountView } from '@app/credentials';
import { encodeId, FixedClock, Secret } from '@app/kernel';
import { CryptoBox, type PublicAddress } from '@app/platform';
import { CheckoutConnector } from './checkout.connector';
import { InboundAddress } from './inbound-address';
import { aClient, anAccount, type Scripted } from './testing/account';
import {
  A_BROWSER,
  ACCOUNT_ID,
  aChallenge,
  aKnownAttempt,
  anAnswer,
  anAttempt,
  aPending,
  aRequest,
  CARD,
  CRYPTOGRAM,
  SESSION_ID,
  UPSTREAM_ID,
} from './testing/attempt';

const METHOD = { three_ds_method_url: { href: 'https://acs.example/method' } };
const CUT: Scripted = { fails: 'cut', requestSent: true };
const DEVICE: Signal = {
  type: 'channel_data',
  device: { channel: 'browser', browser: A_BROWSER },
  methodCompletion: 'N',
};

function connector(script: Scripted[], account: ConnectorAccountView | null = anAccount()) {
  const { client, http, links } = aClient(...script);
  const accounts = {
    forMerchant: async () => account ?? undefined,
    byId: async () => account ?? undefined,
    peek: () => account,
  } as unknown as ConnectorAccounts;
  const box = new CryptoBox({ keks: [{ id: 'k', key: new Secret(Buffer.alloc(32, 1)) }] });
  const addresses = new InboundAddress(box, { url: 'https://countersign.example' } as PublicAddress);
  const clock = new FixedClock(new Date('2026-11-23T10:00:00Z'));
  return { connector: new CheckoutConnector(client, accounts, links, addresses, clock), http, links, addresses };
}

const linesOf = ({ requests }: { requests: readonly { method: string; url: string }[] }): string[] =>
  requests.map(({ method, url }) => `${method} ${url.replace('https://api.example', '').replace(UPSTREAM_ID, '{id}')}`);

const withoutDevice = () => {
  const { browser: _browser, ...attempt } = anAttempt();
  return attempt;
};

describe('the plan', () => {
  it('guesses the card’s part and is sure of the names', () => {
    const plan = connector([]).connector.plan(aRequest());

    expect(plan).toMatchObject({
      outcome: 'planned',
      startsAt: 'creation',
      scheme: 'visa',
      correlationKey: `reference:${encodeId('session', SESSION_ID)}`,
    });
  });

  it.each([
    [
      'the cardholder’s choice',
      aRequest({ source: { kind: 'token', reference: 'tok_1', stored: false, scheme: 'jcb' } }),
      'jcb',
    ],
    ['something', aRequest({ source: { kind: 'token', reference: 'tok_1', stored: false } }), 'visa'],
  ] as const)('takes %s for the scheme where there is no number', (_, request, scheme) => {
    expect(connector([]).connector.plan(request)).toMatchObject({ scheme });
  });
});

describe('the start', () => {
  it('opens a session without device data', async () => {
    const { connector: it, http } = connector([
      { status: 202, body: aPending(['collect_channel_data', 'issuer_fingerprint'], { _links: METHOD }) },
    ]);

    expect(await it.start(withoutDevice())).toMatchObject({
      next: 'need_channel_data',
      identity: { methodUrl: 'https://acs.example/method' },
      state: { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID },
      exchanges: [{ messageType: 'POST /sessions' }, { messageType: 'POST /sessions 202' }],
    });
    expect(http.requests[0]?.body).not.toContain('channel_data');
  });

  it('gives addresses that only this session has', async () => {
    const { connector: it, http, addresses } = connector([{ status: 201, body: anAnswer() }]);
    await it.start(anAttempt());
    const { completion } = JSON.parse(String(http.requests[0]?.body)) as { completion: Record<string, string> };
    const lastPart = (name: string): string => completion[name]?.split('/').at(-1) ?? '';

    expect(completion['callback_url']).toMatch(/^https:\/\/countersign\.example\/upstream\/checkout\/callbacks\/sid_/);
    expect(addresses.sessionOf('callback', lastPart('callback_url'))).toBe(SESSION_ID);
    expect(addresses.sessionOf('challenge', lastPart('challenge_notification_url'))).toBe(SESSION_ID);
    expect(addresses.sessionOf('callback', lastPart('challenge_notification_url'))).toBeNull();
    expect(addresses.sessionOf('callback', `${lastPart('callback_url')}x`)).toBeNull();
    expect(addresses.sessionOf('callback', `${lastPart('callback_url')}.x`)).toBeNull();
  });

  it.each<[string, Scripted, boolean, object]>([
    ['a lost answer with device data', CUT, true, { next: 'waiting', inquire: true, state: { accountId: ACCOUNT_ID } }],
    ['a lost answer without', CUT, false, { next: 'unreachable', issuerMayHaveSeen: false }],
    ['garbage with device data', { status: 201, body: '<html>' }, true, { next: 'waiting' }],
    ['garbage without', { status: 202, body: '<html>' }, false, { next: 'unreachable', issuerMayHaveSeen: false }],
    ['500 with device data', { status: 500 }, true, { next: 'waiting' }],
    ['500 without', { status: 500 }, false, { next: 'unreachable', issuerMayHaveSeen: false }],
    ['nobody there', { fails: 'refused', requestSent: false }, true, { next: 'unreachable', issuerMayHaveSeen: false }],
    ['a token that is not taken', { status: 401 }, true, { next: 'unreachable', issuerMayHaveSeen: false }],
    ['too many requests', { status: 429 }, true, { next: 'unreachable', issuerMayHaveSeen: false }],
    [
      'a wrong field',
      { status: 422, body: { error_codes: ['amount_invalid'] } },
      true,
      { next: 'refused', kind: 'invalid', codes: ['amount_invalid'] },
    ],
    [
      'a card that takes no part',
      { status: 403, body: { error_codes: ['card_not_enrolled'] } },
      true,
      { next: 'refused', kind: 'not_allowed' },
    ],
    [
      'a directory server that failed',
      { status: 403, body: { error_codes: ['ds_error'] } },
      true,
      { next: 'final', failure: 'ares_error' },
    ],
    [
      'an answer for another',
      { status: 201, body: anAnswer({ reference: `sid_${'a'.repeat(26)}` }) },
      true,
      { next: 'waiting', state: { accountId: ACCOUNT_ID } },
    ],
  ])('knows what %s means', async (_, answer, hasDevice, expected) => {
    expect(await connector([answer]).connector.start(hasDevice ? anAttempt() : withoutDevice())).toMatchObject(
      expected,
    );
  });

  const opened = { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID };

  it.each<[string, boolean, string]>([
    ['with device data', true, 'PUT /sessions/{id}/collect-data'],
    ['without', false, 'GET /sessions/{id}'],
  ])('makes no second session where there is one already, %s', async (_, hasDevice, line) => {
    const { connector: it, http } = connector([{ status: 200, body: anAnswer() }]);

    expect(await it.start({ ...(hasDevice ? anAttempt() : withoutDevice()), state: opened })).toMatchObject({
      next: 'final',
      state: opened,
    });
    expect(linesOf(http)).toEqual([line]);
  });

  it('does not go on with a session of which it was only told', async () => {
    const own = `sid_${'d'.repeat(26)}`;
    const { connector: it, http } = connector([{ status: 201, body: anAnswer({ id: own }) }]);

    expect(await it.start(anAttempt({ state: { ...opened, hearsay: true } }))).toMatchObject({
      next: 'final',
      state: { accountId: ACCOUNT_ID, upstreamId: own },
    });
    expect(linesOf(http)).toEqual(['POST /sessions']);
  });

  it('goes nowhere without an account', async () => {
    const { connector: it, http } = connector([], null);

    expect(await it.start(anAttempt())).toMatchObject({ next: 'unreachable', issuerMayHaveSeen: false });
    expect(it.isHealthy(aRequest())).toBe(false);
    expect(http.requests).toHaveLength(0);
  });

  it('shows neither number nor proof', async () => {
    const step = JSON.stringify(await connector([{ status: 201, body: anAnswer() }]).connector.start(anAttempt()));

    expect(step).not.toContain(CARD);
    expect(step).not.toContain(CRYPTOGRAM);
  });
});

describe('a session that a webhook told of, when it is read there', () => {
  it('is known to run through the account that knows it, so that what comes later goes there', async () => {
    const { connector: it } = connector([{ status: 200, body: anAnswer() }]);

    const step = await it.fetch(anAttempt({ state: { upstreamId: UPSTREAM_ID, hearsay: true } }));

    expect(step).toMatchObject({ next: 'final', state: { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID } });
  });
});

describe('what happens afterwards', () => {
  it('hands device data on', async () => {
    const { connector: it, http } = connector([{ status: 200, body: aChallenge() }]);

    expect(await it.advance(aKnownAttempt(), DEVICE)).toMatchObject({ next: 'challenge' });
    expect(linesOf(http)).toEqual(['PUT /sessions/{id}/collect-data']);
    expect(JSON.parse(String(http.requests[0]?.body))).toMatchObject({
      channel: 'browser',
      three_ds_method_completion: 'N',
    });
  });

  it('tells of the 3DS Method where the upstream still waits for it', async () => {
    const { connector: it, http } = connector([
      { status: 200, body: aPending(['issuer_fingerprint'], { _links: METHOD }) },
      { status: 200, body: anAnswer() },
    ]);

    const step = await it.advance(aKnownAttempt(), DEVICE);

    expect(step).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
    expect(step.exchanges).toHaveLength(4);
    expect(linesOf(http)).toEqual(['PUT /sessions/{id}/collect-data', 'PUT /sessions/{id}/issuer-fingerprint']);
    expect(http.requests[1]?.body).toBe('{"three_ds_method_completion":"N"}');
  });

  it.each<[boolean, object, string]>([
    [false, aPending(['collect_channel_data']), 'need_channel_data'],
    [true, anAnswer(), 'final'],
  ])('reports the 3DS Method; with device data there: %s', async (willAsk, body, next) => {
    const { connector: it, http } = connector([{ status: 200, body }]);

    expect(
      await it.advance(aKnownAttempt(), { type: 'method_completion', methodCompletion: 'Y', willAsk }),
    ).toMatchObject({ next });
    expect(linesOf(http)).toEqual(['PUT /sessions/{id}/issuer-fingerprint']);
  });

  it.each<[string, Scripted]>([
    ['a lost answer', CUT],
    ['500', { status: 500 }],
    ['another state', { status: 403, body: { error_codes: ['update_not_allowed_due_to_state'] } }],
    ['a busy session', { status: 409, body: { error_codes: ['session_already_in_use'] } }],
  ])('reads the session after %s instead of sending again', async (_, answer) => {
    const { connector: it, http } = connector([answer, { status: 200, body: anAnswer() }]);

    expect(await it.advance(aKnownAttempt(), DEVICE)).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
    expect(linesOf(http)).toEqual(['PUT /sessions/{id}/collect-data', 'GET /sessions/{id}']);
  });

  it.each<[string, Scripted, string]>([
    ['a cut connection', CUT, 'waiting'],
    ['silence', { fails: 'timeout', requestSent: true }, 'waiting'],
    ['a gateway that gave up', { status: 504 }, 'waiting'],
    ['a busy session', { status: 409, body: { error_codes: ['session_already_in_use'] } }, 'waiting'],
    ['500', { status: 500 }, 'need_channel_data'],
    ['another state', { status: 403, body: { error_codes: ['update_not_allowed_due_to_state'] } }, 'need_channel_data'],
  ])('after %s, where the session seems to wait still: %s', async (_, answer, next) => {
    const { connector: it } = connector([answer, { status: 200, body: aPending(['collect_channel_data']) }]);

    const step = await it.advance(aKnownAttempt(), DEVICE);

    expect(step).toMatchObject({ next, ...(next === 'waiting' ? { inquire: true } : {}) });
  });

  it('does not tell of the 3DS Method while device data may still be on their way', async () => {
    const { connector: it, http } = connector([CUT, { status: 200, body: aPending(['issuer_fingerprint']) }]);

    expect(await it.advance(aKnownAttempt(), DEVICE)).toMatchObject({ next: 'waiting', inquire: true });
    expect(linesOf(http)).toEqual(['PUT /sessions/{id}/collect-data', 'GET /sessions/{id}']);
  });

  it('waits where reading does not tell either', async () => {
    const { connector: it, http } = connector([CUT]);

    expect(await it.advance(aKnownAttempt(), DEVICE)).toMatchObject({ next: 'waiting', inquire: true, facts: {} });
    expect(linesOf(http)).toEqual(['PUT /sessions/{id}/collect-data', 'GET /sessions/{id}', 'GET /sessions/{id}']);
  });

  it('lets the merchant correct a field', async () => {
    const { connector: it } = connector([{ status: 422, body: { error_codes: ['ip_address_invalid'] } }]);

    expect(await it.advance(aKnownAttempt(), DEVICE)).toMatchObject({ next: 'refused', codes: ['ip_address_invalid'] });
  });

  it.each<[string, Scripted, object]>([
    ['once', { status: 204 }, { upstreamId: UPSTREAM_ID, closed: true }],
    [
      'what was completed already',
      { status: 403, body: { error_codes: ['update_not_allowed_due_to_state'] } },
      { closed: true },
    ],
  ])('completes %s', async (_, answer, state) => {
    const { connector: it, http } = connector([answer]);

    expect(await it.advance(aKnownAttempt(), { type: 'completed' })).toMatchObject({ next: 'waiting', state });
    expect(linesOf(http)).toEqual(['POST /sessions/{id}/complete']);
  });

  it('has nothing to complete where no session was made', async () => {
    const { connector: it, http } = connector([]);

    const step = await it.advance(aKnownAttempt({ state: {} }), { type: 'completed' });

    expect(step).toMatchObject({ next: 'waiting', state: { closed: true } });
    expect(linesOf(http)).toEqual([]);
  });

  it('does not call it completed when that failed, and does it no second time when it was', async () => {
    const { connector: it } = connector([{ status: 502 }]);
    const done = connector([{ status: 204 }]);

    expect(((await it.advance(aKnownAttempt(), { type: 'completed' })) as { state: object }).state).not.toHaveProperty(
      'closed',
    );
    await done.connector.advance(
      aKnownAttempt({ state: { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID, closed: true } }),
      { type: 'completed' },
    );
    expect(done.http.requests).toHaveLength(0);
  });

  it.each(['challenge_returned', 'timer'] as const)('asks soon after %s', async (type) => {
    const { connector: it, http } = connector([]);

    expect(await it.advance(aKnownAttempt(), { type })).toMatchObject({ next: 'waiting', inquire: true });
    expect(http.requests).toHaveLength(0);
  });
});

describe('asking', () => {
  it('reads the session', async () => {
    const { connector: it, http } = connector([{ status: 200, body: anAnswer() }]);

    expect(await it.fetch(aKnownAttempt())).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
    expect(linesOf(http)).toEqual(['GET /sessions/{id}']);
  });

  it('asks nobody about a session whose id is not known', async () => {
    const { connector: it, http } = connector([]);

    expect(await it.fetch(anAttempt({ state: { accountId: ACCOUNT_ID } }))).toMatchObject({
      next: 'waiting',
      facts: {},
    });
    expect(http.requests).toHaveLength(0);
  });

  it.each<[string, Scripted]>([
    ['404', { status: 404 }],
    ['403', { status: 403, body: { error_codes: ['operation_not_allowed_for_scope'] } }],
    ['422', { status: 422 }],
    ['nothing', CUT],
    ['garbage', { status: 200, body: '{}' }],
    ['another session', { status: 200, body: anAnswer({ id: `sid_${'b'.repeat(26)}` }) }],
  ])('waits on when the answer is %s', async (_, answer) => {
    expect(await connector([answer]).connector.fetch(aKnownAttempt())).toMatchObject({
      next: 'waiting',
      facts: {},
      state: { upstreamId: UPSTREAM_ID },
    });
  });

  const told = { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID, hearsay: true };

  it('believes an id that was told once our reference comes back', async () => {
    const step = await connector([{ status: 200, body: anAnswer() }]).connector.fetch(aKnownAttempt({ state: told }));

    expect(step).toMatchObject({ next: 'final', state: { upstreamId: UPSTREAM_ID } });
    expect((step as Extract<Step, { state: object }>).state).not.toHaveProperty('hearsay');
  });

  it.each([
    ['another’s', 'order 1'],
    ['none', undefined],
  ])('forgets an id that was told when the reference is %s', async (_, reference) => {
    const step = await connector([{ status: 200, body: anAnswer({ reference }) }]).connector.fetch(
      aKnownAttempt({ state: told }),
    );

    expect(step).toMatchObject({ next: 'waiting', facts: {}, state: { accountId: ACCOUNT_ID } });
    expect((step as Extract<Step, { state: object }>).state).not.toHaveProperty('upstreamId');
  });
});

describe('a notice', () => {
  const notice = (over: object = {}) =>
    ({
      type: 'notice',
      notice: { kind: 'webhook', upstreamId: UPSTREAM_ID, body: {}, ...over },
      secrets: {},
    }) as Signal;
  const at = (signal: Signal, attempt = aKnownAttempt()) => connector([]).connector.advance(attempt, signal);

  it('gives back an id that was lost', async () => {
    expect(await at(notice(), anAttempt({ state: { accountId: ACCOUNT_ID } }))).toMatchObject({
      next: 'waiting',
      inquire: true,
      effective: true,
      answer: { status: 200 },
      state: { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID, hearsay: true },
      correlationKeys: [`session:${UPSTREAM_ID}`],
    });
  });

  it('corrects an id that was only told', async () => {
    const other = `sid_${'c'.repeat(26)}`;
    const told = aKnownAttempt({ state: { upstreamId: UPSTREAM_ID, hearsay: true } });

    expect(await at(notice({ upstreamId: other }), told)).toMatchObject({
      state: { upstreamId: other, hearsay: true },
    });
  });

  it('makes us ask where the id is known', async () => {
    expect(await at(notice())).toMatchObject({ next: 'waiting', inquire: true, effective: true, facts: {} });
  });

  it.each<[string, Signal, Parameters<typeof aKnownAttempt>[0]]>([
    ['another session there', notice({ upstreamId: `sid_${'c'.repeat(26)}` }), {}],
    ['what is settled', notice(), { progress: 'settled' }],
  ])('changes nothing about %s', async (_, signal, over) => {
    const step = await at(signal, aKnownAttempt(over));

    expect(step).toMatchObject({ next: 'waiting', effective: false, answer: { status: 200 } });
    expect(step).not.toHaveProperty('inquire');
  });

  it('is never a result, whatever it says', async () => {
    const step = await at(notice({ body: { type: 'authentication_approved', data: { response_code: 'Y' } } }));

    expect(step).toMatchObject({ next: 'waiting', facts: {} });
  });
});

describe('the health of the connector', () => {
  it('is the account’s', async () => {
    const { connector: it } = connector([CUT]);
    const { merchantId, environment } = aRequest();
    expect(it.isHealthy({ merchantId, environment })).toBe(true);

    for (let failures = 0; failures < 5; failures++) await it.start(anAttempt());

    expect(it.isHealthy({ merchantId, environment })).toBe(false);
    expect(await it.start(anAttempt())).toMatchObject({ next: 'unreachable', issuerMayHaveSeen: false });
  });
});
