import type { Session, StoredAttempt } from '../domain/session';
import {
  ACS,
  aChallengedSession,
  aDevice,
  aFinalSession,
  anApp,
  aProcessingSession,
  aSession,
  TRANSACTION_ID,
} from '../testing/sessions';
import { hostedState, leftState, type HostedSituation, type HostedState, type HostedViewing } from './hosted-state';

const RETURNS = { baseUrl: 'https://3ds.example', ticket: 'dGlja2V0' };
const VIEWING: HostedViewing = { isElsewhere: false, isChallengeShown: false, windowSize: null, hasReturned: false };
const METHOD = { methodUrl: 'https://acs.example/method' } satisfies Partial<StoredAttempt>;
const CREQ = Buffer.from('{"messageType":"CReq"}').toString('base64url');

const hosted = (session: Session): HostedSituation => ({
  ...session,
  returnUrls: { success: 'https://shop.example/yes', failure: 'https://shop.example/no' },
});
const stateOf = (session: Session, viewing: Partial<HostedViewing> = {}): HostedState =>
  hostedState(hosted(session), { ...VIEWING, ...viewing }, RETURNS);
const decoded = (text: string | undefined): unknown => JSON.parse(Buffer.from(text ?? '', 'base64url').toString());

const challenged = aChallengedSession({ attempt: { facts: { acs: ACS, challengeRequest: CREQ } } });

describe('the step of a hosted page', () => {
  it.each<[string, Session, HostedState['step'], HostedState['cancel']]>([
    ['a new session', aSession(), 'device', 'declines'],
    ['one with a 3DS Method', aSession({ attempt: METHOD }), 'device', 'declines'],
    ['one whose 3DS Method had its turn', aSession({ attempt: METHOD, methodCompletion: 'N' }), 'device', 'declines'],
    ['device data, but no 3DS Method yet', aSession({ attempt: METHOD, device: aDevice() }), 'method', 'declines'],
    ['device data and nothing to wait for', aSession({ device: aDevice() }), 'device', 'declines'],
    ['device data of an app', aSession({ attempt: METHOD, device: anApp() }), 'device', 'declines'],
    ['a session that is asked about', aProcessingSession(), 'waiting', 'leaves'],
    ['a challenge', challenged, 'challenge', 'declines'],
    ['a challenge without a page', aChallengedSession({ attempt: { facts: { acs: ACS } } }), 'waiting', 'declines'],
    ['an approved session', aFinalSession('approved', {}), 'done', 'leaves'],
    ['an attempted session', aFinalSession('attempted', {}), 'done', 'leaves'],
    ['a declined session', aFinalSession('declined', {}), 'done', 'leaves'],
    ['a rejected session', aFinalSession('rejected', {}), 'done', 'leaves'],
    ['an unavailable session', aFinalSession('unavailable', {}), 'done', 'leaves'],
    ['an abandoned challenge', aFinalSession('challenge_abandoned', {}), 'done', 'leaves'],
    ['an expired session', aFinalSession('expired', {}), 'done', 'leaves'],
  ])('%s', (_, session, step, cancel) => {
    expect(stateOf(session)).toMatchObject({ step, cancel, version: session.version });
  });

  it.each([aSession(), aProcessingSession(), challenged])('is elsewhere where another view has it: %#', (session) => {
    const state = stateOf(session, { isElsewhere: true });

    expect(state.step).toBe('elsewhere');
    expect(Object.keys(state).sort()).toEqual(['cancel', 'return_url', 'step', 'version']);
  });

  it('is done in every view', () => {
    expect(stateOf(aFinalSession('approved', {}), { isElsewhere: true }).step).toBe('done');
  });
});

describe('the 3DS Method of a hosted page', () => {
  it.each([aSession({ attempt: METHOD }), aSession({ attempt: METHOD, device: aDevice() })])(
    'names the transaction and our own address: %#',
    (session) => {
      const { method } = stateOf(session);

      expect(method).toMatchObject({ url: METHOD.methodUrl, transaction_id: TRANSACTION_ID });
      expect(method?.fields.threeDSMethodData).toMatch(/^[\w-]+$/);
      expect(decoded(method?.fields.threeDSMethodData)).toEqual({
        threeDSServerTransID: TRANSACTION_ID,
        threeDSMethodNotificationURL: 'https://3ds.example/3ds/method-notification',
      });
    },
  );

  it.each([
    aSession(),
    aSession({ attempt: METHOD, methodCompletion: 'Y' }),
    aSession({ attempt: { methodUrl: 'javascript:alert(1)' } }),
    aProcessingSession({ attempt: METHOD }),
    aFinalSession('approved', {}, { attempt: METHOD }),
  ])('is not wanted: %#', (session) => {
    expect(stateOf(session).method).toBeUndefined();
  });
});

describe('the challenge of a hosted page', () => {
  it('is the form for the issuer, with the way home', () => {
    expect(stateOf(challenged).challenge).toEqual({
      url: ACS.url,
      fields: { creq: CREQ, threeDSSessionData: RETURNS.ticket },
      shown: false,
      returned: false,
    });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '', 'acs.example/challenge'])(
    'is not shown at an address that no issuer has: %j',
    (url) => {
      const session = aChallengedSession({ attempt: { facts: { acs: { ...ACS, url }, challengeRequest: CREQ } } });

      expect(stateOf(session)).toMatchObject({ step: 'waiting', cancel: 'declines' });
      expect(stateOf(session).challenge).toBeUndefined();
    },
  );

  it('once shown can only be left, and keeps its size', () => {
    const { cancel, challenge } = stateOf(challenged, { isChallengeShown: true, windowSize: '02' });

    expect(cancel).toBe('leaves');
    expect(challenge).toMatchObject({ shown: true, returned: false });
    expect(decoded(challenge?.fields.creq)).toEqual({ messageType: 'CReq', challengeWindowSize: '02' });
  });

  it('is known to be through once the issuer’s page has said so', () => {
    const { step, challenge } = stateOf(challenged, { isChallengeShown: true, hasReturned: true });

    expect(step).toBe('challenge');
    expect(challenge?.returned).toBe(true);
  });
});

describe('the end of a hosted page', () => {
  it.each([
    ['approved', 'success', /^https:\/\/shop\.example\/yes\?cko-session-id=sid_\w{26}$/],
    ['attempted', 'success', /\/yes\?/],
    ['declined', 'failure', /\/no\?/],
    ['challenge_abandoned', 'failure', /\/no\?/],
  ] as const)('of a session that is %s: %s', (status, outcome, url) => {
    const state = stateOf(aFinalSession(status, {}));

    expect(state.outcome).toBe(outcome);
    expect(state.return_url).toMatch(url);
  });

  it('is not told before', () => {
    expect(stateOf(challenged).outcome).toBeUndefined();
    expect(stateOf(challenged).return_url).toMatch(/\/no\?/);
  });

  it('comes for a browser that leaves, whatever becomes of the session', () => {
    const left = leftState(stateOf(challenged, { isChallengeShown: true }));

    expect(left).toMatchObject({ step: 'done', outcome: 'failure', version: challenged.version });
    expect(left.challenge).toBeUndefined();
    expect(leftState(stateOf(aFinalSession('approved', {}))).outcome).toBe('success');
  });
});
