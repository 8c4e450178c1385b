import type { Facts } from '@app/authentication-port';
import { encodeId, Secret } from '@app/kernel';
import type { Session } from '../domain/session';
import type { SessionView } from '../session-view';
import { breaches, CONTRACT } from '../testing/response-contract';
import {
  aDevice,
  aChallengedSession,
  aFinalSession,
  anApp,
  aProcessingSession,
  ACS,
  aresFacts,
  aSession,
  AT,
  BASE_URL,
  DS_TRANSACTION_ID,
  HOSTED,
  later,
  MERCHANT_INITIATED,
  RETURN_URLS,
  SESSION_ID,
} from '../testing/sessions';
import { presentAccepted, presentFingerprint, presentSession } from './session.presenter';

const SID = encodeId('session', SESSION_ID);
const SELF = `${BASE_URL}/sessions/${SID}`;
const CRYPTOGRAM = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=';
const METHOD_URL = 'https://acs.example/method';
const SESSION_SECRET = `sek_${Buffer.alloc(32, 7).toString('base64')}`;

/** As a token sees it. */
const toToken = (session: Session, value: string | null = null): SessionView => ({
  session,
  visibility: 'token',
  secret: new Secret(SESSION_SECRET),
  linkToken: null,
  authenticationValue: value === null ? null : new Secret(value),
});

/** As the holder of its secret sees it. */
const toSecret = (session: Session): SessionView => ({
  session,
  visibility: 'secret',
  secret: null,
  linkToken: null,
  authenticationValue: null,
});

const linksOf = (body: Record<string, unknown>): Record<string, { href: string }> =>
  body['_links'] as Record<string, { href: string }>;

const approved = (): Session => aFinalSession('approved', aresFacts('Y', { eci: '05', transStatusReason: '01' }));

/** Sessions in every state that a merchant can see. */
const STATES: [string, Session][] = [
  ['pending', aSession()],
  ['pending with a 3DS Method', aSession({ attempt: { methodUrl: METHOD_URL } })],
  ['pending with channel data', aSession({ device: aDevice(), attempt: { methodUrl: METHOD_URL } })],
  ['pending and hosted', aSession(HOSTED)],
  ['processing', aProcessingSession()],
  ['processing decoupled', aProcessingSession({ attempt: { facts: aresFacts('D') } })],
  ['challenged', aChallengedSession()],
  [
    'challenged in an app',
    aChallengedSession({
      device: anApp(),
      deviceChannel: 'app',
      attempt: {
        facts: aresFacts('C', {
          acs: { ...ACS, signedContent: 'eyJh.e30.c2ln', interface: 'native_ui', uiTemplate: 'single_select' },
        }),
      },
    }),
  ],
  [
    'merchant-initiated, of a card by reference',
    aFinalSession('approved', aresFacts('Y'), {
      device: MERCHANT_INITIATED,
      deviceChannel: 'merchant_initiated',
      bin: null,
      lastFour: null,
      cardFingerprint: null,
      cardFingerprintKeyVersion: null,
    }),
  ],
  ['approved', approved()],
  ['attempted', aFinalSession('attempted', aresFacts('A', { eci: '06' }))],
  ['informational', aFinalSession('attempted', aresFacts('I'))],
  ['declined', aFinalSession('declined', aresFacts('N', { transStatusReason: '01', cardholderInfo: 'Call us' }))],
  ['rejected', aFinalSession('rejected', aresFacts('R', { transStatusReason: '11' }))],
  ['unavailable', aFinalSession('unavailable', aresFacts('U'), { statusReason: 'ares_status' })],
  [
    'unavailable by error',
    aFinalSession(
      'unavailable',
      { error: { code: '203', component: 'D', description: 'Format', detail: 'acctNumber' } },
      { statusReason: 'ares_error' },
    ),
  ],
  [
    'challenge abandoned',
    aFinalSession(
      'challenge_abandoned',
      aresFacts('N', {
        resultSource: 'RReq',
        challengeCancel: '01',
        interactionCounter: '00',
        challengeRequest: 'Y3I',
      }),
      { challenged: true },
    ),
  ],
  ['challenge without end', aFinalSession('challenge_abandoned', aresFacts('C'), { challenged: true })],
  ['expired', aFinalSession('expired', {})],
  ['completed', { ...approved(), completedAt: later(2), completedBy: 'merchant' }],
];

describe('every answer keeps the contract', () => {
  it.each(STATES)('%s', (_, session) => {
    expect(breaches(CONTRACT.created, presentSession(toToken(session, CRYPTOGRAM), BASE_URL))).toEqual([]);
    expect(breaches(CONTRACT.forSecret, presentSession(toSecret(session), BASE_URL))).toEqual([]);
    for (const filter of ['app', 'browser', null] as const) {
      expect(breaches(CONTRACT.forToken, presentSession(toToken(session), BASE_URL, filter))).toEqual([]);
    }
    expect(breaches(CONTRACT.fingerprint, presentFingerprint(toToken(session), BASE_URL))).toEqual([]);
  });

  it('issuer-fingerprint: nothing that its column does not have', () => {
    const session = approved();
    const { purchase } = session.details;
    const series = { daysBetweenPayments: 1, expiry: '99991231' };
    const recurring = { ...session, details: { ...session.details, purchase: { ...purchase, recurring: series } } };
    const full = presentSession(toToken(recurring), BASE_URL);
    expect(full).toHaveProperty('recurring');
    const told = presentFingerprint(toToken(recurring), BASE_URL);

    const left = Object.keys(full).filter((name) => !(name in told));
    expect(left).toEqual(expect.arrayContaining(['recurring', 'authentication_date']));
    expect(told).toMatchObject({ id: full['id'], status: 'approved' });
  });

  it('202 of create', () => {
    for (const methodUrl of [METHOD_URL, null]) {
      expect(
        breaches(CONTRACT.accepted, presentAccepted(toToken(aSession({ attempt: { methodUrl } })), BASE_URL)),
      ).toEqual([]);
    }
  });

  it('is checked by something that notices a breach', () => {
    const body = presentSession(toToken(approved()), BASE_URL);

    expect(breaches(CONTRACT.created, { ...body, status: 'done' })).toHaveLength(1);
    expect(breaches(CONTRACT.created, { ...body, surprise: 1 })).toHaveLength(1);
    expect(breaches(CONTRACT.created, { ...body, id: undefined })).toHaveLength(1);
    expect(breaches(CONTRACT.created, { ...body, amount: '6540' })).toHaveLength(1);
  });
});

describe('who sees what', () => {
  it('gives a token the secret, the cryptogram and the ECI', () => {
    expect(presentSession(toToken(approved(), CRYPTOGRAM), BASE_URL)).toMatchObject({
      session_secret: SESSION_SECRET,
      cryptogram: CRYPTOGRAM,
      eci: '05',
    });
  });

  it('keeps all of them from the holder of the secret, and nothing else', () => {
    const full = presentSession(toToken(approved(), CRYPTOGRAM), BASE_URL);
    const seen = presentSession(toSecret(approved()), BASE_URL);
    const { session_secret: _secret, cryptogram: _cryptogram, eci: _eci, ...rest } = full;

    expect(seen).toEqual(rest);
    expect(JSON.stringify(seen)).not.toContain(CRYPTOGRAM);
  });

  it('shows no cryptogram that may no longer be read', () => {
    const body = presentSession(toToken(approved(), null), BASE_URL);

    expect(body).not.toHaveProperty('cryptogram');
    expect(body['eci']).toBe('05');
  });

  it('shows nobody more of the card than its fingerprint', () => {
    for (const view of [toToken(approved(), CRYPTOGRAM), toSecret(approved())]) {
      const text = JSON.stringify(presentSession(view, BASE_URL));
      expect(text).not.toContain('42424242');
      expect(text).not.toContain(approved().secretHash.toString('hex'));
    }
  });
});

describe('next actions and links', () => {
  it('of a pending session with a 3DS Method', () => {
    const body = presentAccepted(toToken(aSession({ attempt: { methodUrl: METHOD_URL } })), BASE_URL);

    expect(body['next_actions']).toEqual(['collect_channel_data', 'issuer_fingerprint']);
    expect(linksOf(body)).toEqual({
      self: { href: SELF },
      collect_channel_data: { href: `${SELF}/collect-data` },
      issuer_fingerprint: { href: `${SELF}/issuer-fingerprint` },
      three_ds_method_url: { href: METHOD_URL },
      callback_url: { href: 'https://merchant.example/callback' },
    });
  });

  it('leave the 3DS Method out for channel app', () => {
    const session = aSession({ attempt: { methodUrl: METHOD_URL } });
    const body = presentSession(toToken(session), BASE_URL, 'app');

    expect(body['next_actions']).toEqual(['collect_channel_data']);
    expect(Object.keys(linksOf(body)).sort()).toEqual(['callback_url', 'collect_channel_data', 'self']);
    expect(presentSession(toToken(session), BASE_URL, 'browser')).toEqual(presentSession(toToken(session), BASE_URL));
  });

  it('of a pending session in an app: nothing of the 3DS Method, whatever the header says', () => {
    const session = aSession({ device: anApp(), attempt: { methodUrl: METHOD_URL } });

    for (const filter of ['app', 'browser', null] as const) {
      const body = presentSession(toToken(session), BASE_URL, filter);
      expect(body['next_actions']).toEqual([]);
      expect(Object.keys(linksOf(body)).sort()).toEqual(['callback_url', 'self']);
    }
  });

  it('of a challenge in an app: what its SDK starts it with', () => {
    const app = STATES.find(([name]) => name === 'challenged in an app')?.[1];

    expect(app && presentSession(toToken(app), BASE_URL)).toMatchObject({
      next_actions: ['challenge_cardholder'],
      acs: { signed_content: 'eyJh.e30.c2ln', interface: 'native_ui', ui_template: 'single_select' },
    });
    expect(presentSession(toToken(aChallengedSession()), BASE_URL)['acs']).not.toHaveProperty('signed_content');
  });

  it('of a challenged session: the challenge, and no link but its own and the callback', () => {
    const body = presentSession(toToken(aChallengedSession()), BASE_URL);

    expect(body['next_actions']).toEqual(['challenge_cardholder']);
    expect(Object.keys(linksOf(body)).sort()).toEqual(['callback_url', 'self']);
  });

  it('of a final session: complete, until it is', () => {
    const open = presentSession(toToken(approved()), BASE_URL);
    const done = presentSession(toToken({ ...approved(), completedAt: later(2), completedBy: 'callback' }), BASE_URL);

    expect(open).toMatchObject({ completed: false, next_actions: ['complete'] });
    expect(linksOf(open)['complete']).toEqual({ href: `${SELF}/complete` });
    expect(done).toMatchObject({ completed: true, next_actions: [] });
    expect(linksOf(done)).not.toHaveProperty('complete');
  });

  it('of a hosted session: our page while it is pending, and the ways back in every state', () => {
    const token = new Secret('t'.repeat(43));
    const back = {
      self: { href: SELF },
      success_url: { href: RETURN_URLS.success },
      failure_url: { href: RETURN_URLS.failure },
      callback_url: { href: 'https://merchant.example/callback' },
    };
    const page = { redirect_url: { href: `${BASE_URL}/hosted/${'t'.repeat(43)}` } };
    const shown = (session: Session): unknown[] =>
      [toToken(session), toSecret(session)].map((view) => {
        const body = presentSession({ ...view, linkToken: token }, BASE_URL);
        return [body['next_actions'], body['_links'], body['completed']];
      });

    const pending = [['redirect_cardholder'], { ...back, ...page }, false];
    expect(shown(aSession(HOSTED))).toEqual([pending, pending]);
    expect(shown(aProcessingSession(HOSTED))).toEqual([
      [[], back, false],
      [[], back, false],
    ]);
    expect(shown(aChallengedSession(HOSTED))[0]).toEqual([['challenge_cardholder'], back, false]);
    const ended = aFinalSession('approved', {}, { ...HOSTED, completedAt: later(1), completedBy: 'end' });
    expect(shown(ended)[0]).toEqual([[], back, true]);
  });

  it('of a hosted session whose link can be told no more: none', () => {
    expect(linksOf(presentSession(toToken(aSession(HOSTED)), BASE_URL))).not.toHaveProperty('redirect_url');
  });

  it('name no callback where there is none', () => {
    expect(linksOf(presentSession(toToken(aSession({ callbackUrl: null })), BASE_URL))).toEqual({
      self: { href: SELF },
      collect_channel_data: { href: `${SELF}/collect-data` },
    });
  });
});

describe('approved and challenged', () => {
  it.each(STATES.filter(([, session]) => session.finalAt === null))('are not told while %s', (_, session) => {
    const body = presentSession(toToken(session), BASE_URL);

    for (const field of ['approved', 'challenged', 'verdict', 'status_reason', 'xid']) {
      expect(body).not.toHaveProperty(field);
    }
  });

  it.each(STATES.filter(([, session]) => session.finalAt !== null))('are told once %s', (_, session) => {
    const body = presentSession(toToken(session), BASE_URL);

    expect(body['approved']).toBe(['approved', 'attempted'].includes(session.status));
    expect(body['challenged']).toBe(session.challenged);
    expect(body['xid']).toBe(session.attempt.facts.dsTransactionId);
    expect(body).toHaveProperty('verdict');
  });
});

describe('the response code', () => {
  const codeOf = (session: Session): unknown => presentSession(toToken(session), BASE_URL)['response_code'];

  it('is C on a challenged session, U on an unavailable one, and absent where there was no answer', () => {
    expect(codeOf(aChallengedSession())).toBe('C');
    expect(codeOf(aFinalSession('unavailable', {}))).toBe('U');
    expect(codeOf(aFinalSession('expired', {}))).toBeUndefined();
    expect(codeOf(aSession())).toBeUndefined();
  });

  it('comes with a reason, but never beside Y', () => {
    const declined = aFinalSession('declined', aresFacts('N', { transStatusReason: '01' }));

    expect(presentSession(toToken(declined), BASE_URL)['response_status_reason']).toBe('01');
    expect(presentSession(toToken(approved()), BASE_URL)).not.toHaveProperty('response_status_reason');
  });
});

describe('what the issuer side said', () => {
  it('names the ACS, the challenge and how many tries', () => {
    expect(presentSession(toToken(aChallengedSession()), BASE_URL)).toMatchObject({
      acs: {
        reference_number: ACS.referenceNumber,
        transaction_id: ACS.transactionId,
        operator_id: ACS.operatorId,
        url: ACS.url,
        challenge_mandated: true,
        authentication_type: '02',
      },
      ds: { ds_id: 'A000000003', transaction_id: DS_TRANSACTION_ID },
      '3ds': { challenge_request: 'Y3JlcQ' },
      flow_type: 'challenged',
    });
  });

  it.each([
    ['01', 'cardholder_cancel'],
    ['03', 'transaction_timed_out'],
    ['04', 'challenge_timed_out'],
    ['05', 'transaction_timed_out'],
    ['06', 'transaction_error'],
    ['07', 'unknown'],
    ['08', 'sdk_timed_out'],
    ['99', 'unknown'],
  ])('words the cancel code %s as %s', (challengeCancel, reason) => {
    const session = aFinalSession('challenge_abandoned', aresFacts('N', { challengeCancel }), { challenged: true });

    expect(presentSession(toToken(session), BASE_URL)['acs']).toMatchObject({
      challenge_cancel_reason: reason,
      challenge_cancel_reason_code: challengeCancel,
    });
  });

  it('gives the error of a failed exchange', () => {
    const error = { code: '203', component: 'D', description: 'Format', detail: 'acctNumber' };
    const session = aFinalSession('unavailable', { error }, { statusReason: 'ares_error' });

    expect(presentSession(toToken(session), BASE_URL)).toMatchObject({
      status_reason: 'ares_error',
      '3ds': {
        error_details: {
          error_code: '203',
          error_component: 'D',
          error_detail: 'acctNumber',
          error_description: 'Format',
        },
      },
    });
  });

  it('tells a frictionless flow from a challenged one', () => {
    expect(presentSession(toToken(approved()), BASE_URL)['flow_type']).toBe('frictionless');
    expect(presentSession(toToken({ ...approved(), challenged: true }), BASE_URL)['flow_type']).toBe('challenged');
    expect(presentSession(toToken(aFinalSession('unavailable', {})), BASE_URL)).not.toHaveProperty('flow_type');
    const failed = { ...aFinalSession('unavailable', {}), challenged: true };
    expect(presentSession(toToken(failed), BASE_URL)['flow_type']).toBe('challenged');
  });

  it('gives the answer of the trusted list beside the exemption asked for', () => {
    const facts: Facts = aresFacts('Y', { whiteListStatus: 'Y', whiteListStatusSource: '03' });
    const session = aFinalSession('approved', facts);
    session.details.purchase.challengeIndicator = 'trusted_listing_prompt';

    expect(presentSession(toToken(session), BASE_URL)['exemption']).toEqual({
      requested: 'trusted_listing',
      applied: 'none',
      trusted_beneficiary: { status: 'Y', source: '03' },
    });
    expect(presentSession(toToken(approved()), BASE_URL)).not.toHaveProperty('exemption');
  });
});

describe('the name of a card', () => {
  const nameOf = (source: Session['details']['source'], more: Parameters<typeof aSession>[0] = {}): unknown => {
    const session = aSession({ ...more, details: { ...aSession().details, source } });
    return (presentSession(toToken(session), BASE_URL)['card'] as Record<string, unknown>)['instrument_id'];
  };
  const ours = encodeId('instrument', SESSION_ID);

  it('is the merchant’s where the request gave one, and one of the session otherwise', () => {
    const reference = 'src_w4jelhppmfiufdnatndh3wtsfq';

    expect(nameOf({ kind: 'id', stored: true, reference })).toBe(reference);
    expect(nameOf({ kind: 'id', stored: true, reference: `${reference}_longer` })).toBe(ours);
    expect(nameOf({ kind: 'token', stored: false, reference: 'tok_4gzeau5o2uqubbk6fufs3m7p54' })).toBe(ours);
    expect(nameOf({ kind: 'card', stored: false })).toBe(ours);
  });

  it('is that of the kept card, whatever an upstream calls it', () => {
    const instrumentId = '01997f1a-2b3c-7d4e-8f50-617283940abc';
    const theirs = `src_${'a'.repeat(26)}`;
    const attempt = { facts: { upstream: { sessionId: 'sid_there', instrumentId: theirs } } };

    expect(nameOf({ kind: 'card', stored: true }, { attempt })).toBe(theirs);
    expect(nameOf({ kind: 'card', stored: true }, { attempt, instrumentId })).toBe(
      encodeId('instrument', instrumentId),
    );
  });
});

describe('what the merchant asked', () => {
  const asked = aSession({
    reference: 'ORD-1',
    details: {
      source: { kind: 'card', stored: false },
      purchase: {
        authenticationType: 'installment',
        authenticationCategory: 'payment',
        challengeIndicator: 'challenge_requested',
        transactionType: 'account_funding',
        accountInfo: { purchase_count: 3 },
        merchantRiskInfo: { is_preorder: true },
        initialTransaction: { acs_transaction_id: ACS.transactionId },
        recurring: { daysBetweenPayments: 1, expiry: '99991231' },
        installment: { daysBetweenPayments: 30, expiry: '20291231', numberOfPayments: 3 },
      },
      echo: { preferred_experiences: ['google_spa', '3ds'] },
    },
  });

  it.each([
    ['201 and GET', (view: SessionView) => presentSession(view, BASE_URL), CONTRACT.created],
    ['202', (view: SessionView) => presentAccepted(view, BASE_URL), CONTRACT.accepted],
  ])('is echoed in %s', (_, present, contract) => {
    const body = present(toToken(asked));

    expect(breaches(contract, body)).toEqual([]);
    expect(body).toMatchObject({
      amount: 6540,
      currency: 'USD',
      reference: 'ORD-1',
      authentication_type: 'installment',
      authentication_category: 'payment',
      challenge_indicator: 'challenge_requested',
      transaction_type: 'account_funding',
      account_info: { purchase_count: 3 },
      merchant_risk_info: { is_preorder: true },
      initial_transaction: { acs_transaction_id: ACS.transactionId },
      recurring: { days_between_payments: 1, expiry: '99991231' },
      installment: { days_between_payments: 30, expiry: '20291231', number_of_payments: 3 },
      authentication_date: AT.toISOString(),
    });
  });

  it('of another experience is answered, and not followed', () => {
    expect(presentAccepted(toToken(asked), BASE_URL)).toMatchObject({
      experience: '3ds',
      preferred_experiences: {
        '3ds': { status: 'unprocessed', reason: [] },
        google_spa: { status: 'unavailable', reason: ['not_supported'] },
      },
    });
  });
});
