/** Attempts and answers with defaults, for this lib's specs: a test states only what it is about. */
import type { Attempt, AttemptRequest, BrowserData, CardSource, Purchase } from '@app/authentication-port';
import { encodeId, Pan } from '@app/kernel';

export const CARD = '4485040371536584';
export const SESSION_ID = '019a0000-0000-7000-8000-000000000001';
export const ACCOUNT_ID = '019a0000-0000-7000-8000-0000000000aa';
export const UPSTREAM_ID = 'sid_llraltf4jlwu5dxdtprcv7ba5i';
export const CRYPTOGRAM = 'AAkBAyIGZVYzIkl0AhYyAAAAAAA=';
export const ACS_ID = 'd7c1ee99-9478-44a6-b1f2-391e29c6b340';

export function aCard(over: Partial<CardSource> = {}): CardSource {
  return { kind: 'card', number: Pan.fromTrusted(CARD), expiryMonth: 3, expiryYear: 2031, stored: false, ...over };
}

export function aPurchase(over: Partial<Purchase> = {}): Purchase {
  return {
    amountMinor: 1999,
    currency: 'GBP',
    authenticationType: 'regular',
    authenticationCategory: 'payment',
    challengeIndicator: 'no_preference',
    transactionType: 'goods_service',
    ...over,
  };
}

export const A_BROWSER: BrowserData = {
  acceptHeader: 'text/html',
  javaEnabled: false,
  javascriptEnabled: true,
  language: 'en-GB',
  colorDepth: '24',
  screenHeight: '1080',
  screenWidth: '1920',
  timezone: '-60',
  userAgent: 'Mozilla/5.0',
  ipAddress: '192.0.2.1',
};

export function aRequest(over: Partial<AttemptRequest> = {}): AttemptRequest {
  return {
    sessionId: SESSION_ID,
    merchantId: '019a0000-0000-7000-8000-000000000002',
    environment: 'test',
    source: aCard(),
    purchase: aPurchase(),
    acquirers: new Map(),
    preferredSchemes: [],
    at: new Date('2026-11-23T10:00:00Z'),
    ...over,
  };
}

/** Asked with a browser, the answer not known yet. */
export function anAttempt(over: Partial<Attempt> = {}): Attempt {
  return {
    request: aRequest(),
    number: 1,
    scheme: 'visa',
    protocolVersion: '2.2.0',
    transactionId: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
    browser: A_BROWSER,
    methodCompletion: 'U',
    progress: 'asked',
    facts: {},
    state: {},
    ...over,
  };
}

/** The same once the upstream's id is known. */
export function aKnownAttempt(over: Partial<Attempt> = {}): Attempt {
  return anAttempt({ state: { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID }, ...over });
}

type Json = Record<string, unknown>;

/** A session as the upstream answers it, approved without a challenge; `undefined` takes a member out. */
export function anAnswer(over: Json = {}): Json {
  return {
    id: UPSTREAM_ID,
    session_secret: `sek_${'A'.repeat(44)}`,
    transaction_id: '9a880dc0-d2d2-4067-bcb1-b08d1690b26e',
    scheme: 'visa',
    amount: 1999,
    currency: 'GBP',
    status: 'approved',
    approved: true,
    challenged: false,
    protocol_version: '2.2.0',
    reference: encodeId('session', SESSION_ID),
    next_actions: ['complete'],
    response_code: 'Y',
    eci: '05',
    cryptogram: CRYPTOGRAM,
    xid: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b',
    ds: { ds_id: 'A000000003', reference_number: 'DS-1', transaction_id: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b' },
    acs: {
      reference_number: 'ACS-1',
      transaction_id: ACS_ID,
      operator_id: 'OPERATOR',
      challenge_mandated: false,
      url: 'https://acs.example/challenge',
    },
    card: { instrument_id: 'src_nwd3m4in3hkuddfpjsaevunhdy', metadata: { card_type: 'CREDIT' } },
    flow_type: 'frictionless',
    _links: { self: { href: `https://api.example/sessions/${UPSTREAM_ID}` } },
    ...over,
  };
}

/** The same, to be challenged. */
export function aChallenge(over: Json = {}): Json {
  return anAnswer({
    status: 'challenged',
    approved: undefined,
    challenged: undefined,
    response_code: 'C',
    eci: undefined,
    cryptogram: undefined,
    flow_type: undefined,
    next_actions: ['challenge_cardholder'],
    '3ds': { challenge_request: 'eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ==' },
    ...over,
  });
}

/** The same, waiting for the client. */
export function aPending(actions: readonly string[], over: Json = {}): Json {
  return anAnswer({
    status: 'pending',
    approved: undefined,
    challenged: undefined,
    response_code: undefined,
    eci: undefined,
    cryptogram: undefined,
    flow_type: undefined,
    acs: undefined,
    next_actions: actions,
    ...over,
  });
}
