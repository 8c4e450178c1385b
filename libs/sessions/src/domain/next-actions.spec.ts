import {
  aChallengedSession,
  aDevice,
  aFinalSession,
  anApp,
  aProcessingSession,
  aSession,
  HOSTED,
  later,
  MERCHANT_INITIATED,
} from '../testing/sessions';
import { methodIndicator, nextActions } from './next-actions';

const METHOD = { attempt: { methodUrl: 'https://acs.example/method' } };

describe('next actions', () => {
  it('of a pending session: device data, then the 3DS Method where there is one and nothing was said of it', () => {
    expect(nextActions(aSession())).toEqual(['collect_channel_data']);
    expect(nextActions(aSession(METHOD))).toEqual(['collect_channel_data', 'issuer_fingerprint']);
    expect(nextActions(aSession({ ...METHOD, device: aDevice() }))).toEqual(['issuer_fingerprint']);
    for (const methodCompletion of ['Y', 'N', 'U'] as const) {
      expect(nextActions(aSession({ ...METHOD, methodCompletion }))).toEqual(['collect_channel_data']);
    }
  });

  it('of a pending session without a browser: never the 3DS Method', () => {
    for (const device of [anApp(), MERCHANT_INITIATED]) {
      expect(nextActions(aSession({ ...METHOD, device }))).toEqual([]);
    }
  });

  it('of a session that waits for the issuer: none', () => {
    expect(nextActions(aProcessingSession(METHOD))).toEqual([]);
  });

  it('of a challenged session: the challenge', () => {
    expect(nextActions(aChallengedSession(METHOD))).toEqual(['challenge_cardholder']);
  });

  it('of a hosted session: our page, whatever it has done there; the challenge; at the end nothing', () => {
    for (const more of [{}, METHOD, { ...METHOD, device: aDevice() }, { methodCompletion: 'Y' as const }]) {
      expect(nextActions(aSession({ ...HOSTED, ...more }))).toEqual(['redirect_cardholder']);
    }
    expect(nextActions(aProcessingSession(HOSTED))).toEqual([]);
    expect(nextActions(aChallengedSession(HOSTED))).toEqual(['challenge_cardholder']);
    expect(nextActions(aFinalSession('declined', {}, HOSTED))).toEqual([]);
  });

  it.each(['approved', 'attempted', 'declined', 'rejected', 'unavailable', 'challenge_abandoned', 'expired'] as const)(
    'of a session that is %s: complete, until it is completed',
    (status) => {
      expect(nextActions(aFinalSession(status, {}))).toEqual(['complete']);
      expect(nextActions(aFinalSession(status, {}, { completedAt: later(2), completedBy: 'merchant' }))).toEqual([]);
    },
  );
});

describe('the 3DS Method indicator', () => {
  it.each([
    [null, 'Y'],
    [null, 'N'],
    [null, 'U'],
  ] as const)('is what the client said where only an upstream knows of a method (%s, %s)', (methodUrl, said) => {
    expect(methodIndicator(methodUrl, said, 'creation')).toBe(said);
  });

  it.each([
    [null, null, 'U'],
    [null, 'Y', 'U'],
    [null, 'N', 'U'],
    ['https://acs.example/method', 'Y', 'Y'],
    ['https://acs.example/method', 'N', 'N'],
    ['https://acs.example/method', 'U', 'N'],
    ['https://acs.example/method', null, 'N'],
  ] as const)('for method URL %s when the client said %s is %s', (methodUrl, said, sent) => {
    expect(methodIndicator(methodUrl, said, 'channel_data')).toBe(sent);
  });
});
