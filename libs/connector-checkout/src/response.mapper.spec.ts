import type { Attempt } from '@app/authentication-port';
import fc from 'fast-check';
import { readSession } from './checkout.wire';
import { toStep, type Learned } from './response.mapper';
import {
  aChallenge,
  aKnownAttempt,
  anAnswer,
  anAttempt,
  aPending,
  ACS_ID,
  CRYPTOGRAM,
  UPSTREAM_ID,
} from './testing/attempt';

type Json = Record<string, unknown>;

function step(answer: unknown, attempt: Attempt = anAttempt()): Learned {
  const session = readSession(answer);
  if (!session) throw new Error('Not a session');
  return toStep(attempt, session);
}

const afterChallenge = aKnownAttempt({ facts: { transStatus: 'C', resultSource: 'ARes' } });
const METHOD = { three_ds_method_url: { href: 'https://acs.example/method' } };

describe('what a session of the upstream means', () => {
  it.each<[string, Json, object]>([
    ['approved Y', {}, { next: 'final', facts: { transStatus: 'Y', resultSource: 'ARes', eci: '05' } }],
    ['attempted A', { status: 'attempted', response_code: 'A' }, { next: 'final', facts: { transStatus: 'A' } }],
    ['attempted I', { status: 'attempted', response_code: 'I' }, { next: 'final', facts: { transStatus: 'I' } }],
    ['approved I', { response_code: 'I' }, { next: 'final', facts: { transStatus: 'I' } }],
    ['declined N', { status: 'declined', response_code: 'N' }, { next: 'final', facts: { transStatus: 'N' } }],
    [
      'declined without a letter',
      { status: 'declined', response_code: undefined },
      { next: 'final', facts: { transStatus: 'N' } },
    ],
    ['rejected R', { status: 'rejected', response_code: 'R' }, { next: 'final', facts: { transStatus: 'R' } }],
    [
      'rejected without a letter',
      { status: 'rejected', response_code: undefined },
      { next: 'final', facts: { transStatus: 'R' } },
    ],
    [
      'unavailable U',
      { status: 'unavailable', response_code: 'U' },
      { next: 'final', failure: 'ares_status', facts: { transStatus: 'U' } },
    ],
    [
      'unavailable after a challenge',
      { status: 'unavailable', response_code: 'U', challenged: true },
      { next: 'final', failure: 'rreq_status', facts: { transStatus: 'U', resultSource: 'RReq' } },
    ],
    [
      'an error of the result',
      { status: 'unavailable', response_code: 'U', status_reason: 'rreq_error' },
      { next: 'final', failure: 'rreq_error' },
    ],
    [
      'unavailable without a word',
      { status: 'unavailable', response_code: undefined },
      { next: 'final', failure: 'ares_error' },
    ],
    [
      'declined by the risk engine',
      { status: 'declined', response_code: undefined, status_reason: 'risk_declined' },
      { next: 'final', failure: 'risk_declined' },
    ],
    [
      'left',
      { status: 'challenge_abandoned', response_code: 'N' },
      { next: 'final', ended: 'challenge_abandoned', facts: { transStatus: 'N' } },
    ],
    [
      'left, and yet approved',
      { status: 'challenge_abandoned', response_code: 'Y' },
      {
        next: 'final',
        ended: 'challenge_abandoned',
        facts: expect.not.objectContaining({ transStatus: 'Y' }) as object,
      },
    ],
    ['expired', { status: 'expired', response_code: undefined }, { next: 'final', ended: 'expired' }],
    ['processing', { status: 'processing', response_code: undefined }, { next: 'waiting' }],
    ['a status of tomorrow', { status: 'under_review' }, { next: 'waiting' }],
    ['approved, but not a letter yet', { response_code: undefined }, { next: 'waiting' }],
  ])('%s', (_, answer, expected) => {
    expect(step(anAnswer(answer))).toMatchObject(expected);
  });

  it.each<[string, Json]>([
    ['approved N', { response_code: 'N' }],
    ['approved A', { response_code: 'A' }],
    ['approved C', { response_code: 'C' }],
    ['attempted Y', { status: 'attempted' }],
    ['declined Y', { status: 'declined' }],
    ['rejected Y', { status: 'rejected' }],
    ['approved by a risk engine that declined', { status_reason: 'risk_declined' }],
  ])('ends without a result what contradicts itself: %s', (_, answer) => {
    const learned = step(anAnswer(answer));

    expect(learned).toMatchObject({ next: 'final', failure: 'ares_error' });
    expect(learned.facts.transStatus).toBeUndefined();
    expect(learned.facts.authenticationValue).toBeUndefined();
  });

  it.each<[string, readonly string[], string]>([
    ['device data', ['collect_channel_data'], 'need_channel_data'],
    ['device data and the 3DS Method', ['collect_channel_data', 'issuer_fingerprint'], 'need_channel_data'],
    ['the 3DS Method', ['issuer_fingerprint'], 'need_method'],
    ['a redirection', ['redirect_cardholder'], 'waiting'],
    ['something of tomorrow', ['consult_issuer'], 'waiting'],
    ['nothing', [], 'waiting'],
  ])('knows that it waits for %s', (_, actions, next) => {
    expect(step(aPending(actions)).next).toBe(next);
  });

  it('takes no word from the past for a new one', () => {
    expect(step(aPending(['collect_channel_data']), afterChallenge).next).toBe('waiting');
    expect(step(aChallenge(), afterChallenge).next).toBe('waiting');
  });

  it('gives better names than the plan did', () => {
    expect(
      step(aPending(['collect_channel_data', 'issuer_fingerprint'], { scheme: 'jcb', _links: METHOD })).identity,
    ).toEqual({
      scheme: 'jcb',
      protocolVersion: '2.2.0',
      transactionId: '9a880dc0-d2d2-4067-bcb1-b08d1690b26e',
      methodUrl: 'https://acs.example/method',
      directoryServerId: 'A000000003',
    });
  });

  it('says nothing of the 3DS Method once it is not asked for', () => {
    expect(step(aPending(['collect_channel_data'])).identity).not.toHaveProperty('methodUrl');
  });

  it('hands out a challenge for a browser', () => {
    expect(step(aChallenge())).toMatchObject({
      next: 'challenge',
      facts: {
        transStatus: 'C',
        resultSource: 'ARes',
        challengeRequest: 'eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ',
        acs: {
          transactionId: ACS_ID,
          referenceNumber: 'ACS-1',
          url: 'https://acs.example/challenge',
          challengeMandated: false,
        },
      },
    });
  });

  it('hands out a challenge for an app', () => {
    const acs = {
      ...(aChallenge()['acs'] as Json),
      url: undefined,
      signed_content: 'a.b.c',
      interface: 'native_ui',
      ui_template: 'oob',
    };

    expect(step(aChallenge({ acs, '3ds': undefined }))).toMatchObject({
      next: 'challenge',
      facts: { acs: { signedContent: 'a.b.c', interface: 'native_ui', uiTemplate: 'oob' } },
    });
  });

  it.each<[string, Json]>([
    ['address', { acs: { transaction_id: ACS_ID } }],
    ['request', { '3ds': undefined }],
    ['server', { acs: undefined }],
    ['address of the web', { acs: { transaction_id: ACS_ID, url: 'javascript:alert(1)' } }],
  ])('waits where a challenge has no %s to go to', (_, over) => {
    expect(step(aChallenge(over)).next).toBe('waiting');
  });

  it('knows which message decided', () => {
    expect(step(anAnswer({ challenged: undefined, flow_type: 'challenged' })).facts.resultSource).toBe('RReq');
    expect(step(anAnswer({ challenged: undefined, flow_type: undefined }), afterChallenge).facts.resultSource).toBe(
      'RReq',
    );
    expect(step(anAnswer({ challenged: false })).facts.resultSource).toBe('ARes');
  });

  it('keeps how a challenge was cancelled', () => {
    const acs = {
      transaction_id: ACS_ID,
      challenge_cancel_reason: 'cardholder_cancel',
      challenge_cancel_reason_code: '1',
    };

    expect(step(anAnswer({ status: 'challenge_abandoned', acs }), afterChallenge).facts).toMatchObject({
      challengeCancel: '01',
      acs: { transactionId: ACS_ID },
    });
  });

  it('wraps the proof, and takes none without a success', () => {
    const declined = step(anAnswer({ status: 'declined', response_code: 'N' }));

    expect(step(anAnswer()).facts.authenticationValue?.expose()).toBe(CRYPTOGRAM);
    expect(JSON.stringify(step(anAnswer()))).not.toContain(CRYPTOGRAM);
    expect(declined.facts.authenticationValue).toBeUndefined();
  });

  it('keeps what the upstream said in its own words', () => {
    const answer = anAnswer({
      scheme_info: { name: 'visa' },
      exemption: { applied: 'none' },
      google_spa: { token: { number: '1' } },
    });

    expect(step(answer).facts.upstream).toEqual({
      sessionId: UPSTREAM_ID,
      status: 'approved',
      instrumentId: 'src_nwd3m4in3hkuddfpjsaevunhdy',
      members: {
        scheme_info: { name: 'visa' },
        exemption: { applied: 'none' },
        xid: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b',
        flow_type: 'frictionless',
        'card.metadata': { card_type: 'CREDIT' },
      },
    });
  });

  it('carries the fields of an EMV error', () => {
    const details = {
      error_code: '403',
      error_component: 'A',
      error_description: 'x',
      error_detail: 'y 4485040371536584',
    };
    const answer = anAnswer({
      status: 'unavailable',
      response_code: 'U',
      status_reason: 'ares_error',
      '3ds': { error_details: details },
    });

    const { facts, failure } = step(answer);

    expect(failure).toBe('ares_error');
    expect(facts).toMatchObject({ error: { code: '403', component: 'A', description: 'x', detail: 'y [masked]' } });
    expect(facts.transStatus).toBeUndefined();
  });

  it('knows the session by its id from now on', () => {
    const learned = step(anAnswer(), anAttempt({ state: { accountId: 'a', hearsay: true } }));

    expect(learned.state).toEqual({ accountId: 'a', upstreamId: UPSTREAM_ID });
    expect(learned.correlationKeys).toEqual([`session:${UPSTREAM_ID}`]);
  });
});

describe('garbage in place of a session', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'approved'],
    ['a list', [anAnswer()]],
    ['no id', anAnswer({ id: undefined })],
    ['an id of another kind', anAnswer({ id: 'pay_llraltf4jlwu5dxdtprcv7ba5i' })],
    ['an id with a path in it', anAnswer({ id: '../sessions/sid_llraltf4jlwu' })],
    ['no status', anAnswer({ status: undefined })],
    ['a status of another type', anAnswer({ status: { approved: true } })],
  ])('is none: %s', (_, answer) => {
    expect(readSession(answer)).toBeNull();
  });

  const SUCCESS = new Set(['Y', 'A', 'I']);
  const words = [
    'approved',
    'attempted',
    'declined',
    'rejected',
    'unavailable',
    'pending',
    'Y',
    'A',
    'I',
    'N',
    'C',
    'U',
  ];
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...words));
  const mutant = fc
    .tuple(
      fc.constantFrom(anAnswer(), aChallenge(), aPending(['issuer_fingerprint'])),
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(anAnswer()), '3ds'), value), { maxLength: 6 }),
    )
    .map(([answer, changes]) => ({ ...answer, ...Object.fromEntries(changes) }));

  it('never makes a success, unless status and letter both say so', () => {
    fc.assert(
      fc.property(mutant, fc.constantFrom(anAttempt(), afterChallenge), (answer, attempt) => {
        const session = readSession(answer);
        if (!session) return;
        const { next, facts, failure } = toStep(attempt, session);
        const isSuccess = SUCCESS.has(facts.transStatus ?? '');

        expect(isSuccess && (next !== 'final' || failure !== undefined)).toBe(false);
        if (isSuccess) {
          expect(['approved', 'attempted']).toContain(answer['status']);
          expect(facts.transStatus).toBe(answer['response_code']);
        } else expect(facts.authenticationValue).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws at any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const session = readSession(value);
        if (session) toStep(anAttempt(), session);
      }),
    );
  });
});

describe('certificates for an app', () => {
  const LONG = `MII${'1234567890'.repeat(300)}aB+/==`;

  it('are kept whole, however long: half of one is none', () => {
    const certificates = { ds_public: 'eyJrdHkiOiJSU0EifQ', ca_public: LONG, ca_public_all: [LONG, LONG] };

    expect(step(anAnswer({ certificates })).facts.upstream?.members).toMatchObject({ certificates });
  });

  it.each([
    [{ ds_public: '4485 0403 7153 6584' }],
    [{ ca_public: 7, ca_public_all: 'MII' }],
    ['MII'],
    [{ other: 'x' }],
  ])('are not there where they are none: %j', (certificates) => {
    expect(step(anAnswer({ certificates })).facts.upstream?.members).not.toHaveProperty('certificates');
  });
});
