import type { TransStatus } from '@app/authentication-port';
import { aChallengedSession, aFinalSession, aProcessingSession, aresFacts } from '../testing/sessions';
import { responseCode, responseReason } from './response-code';

describe('the response code', () => {
  it('is the letter while the session is open', () => {
    expect(responseCode(aChallengedSession())).toBe('C');
    expect(responseCode(aProcessingSession({ attempt: { facts: { transStatus: 'D' } } }))).toBe('D');
    expect(responseCode(aProcessingSession())).toBeUndefined();
  });

  it.each<[Parameters<typeof aFinalSession>[0], TransStatus]>([
    ['approved', 'Y'],
    ['attempted', 'A'],
    ['attempted', 'I'],
    ['declined', 'N'],
    ['rejected', 'R'],
    ['challenge_abandoned', 'N'],
  ])('of a session that is %s by %s is that letter', (status, letter) => {
    expect(responseCode(aFinalSession(status, aresFacts(letter)))).toBe(letter);
  });

  it('of an unavailable session is U, whatever led there', () => {
    for (const letter of ['U', 'C', 'D', 'S', 'Y', undefined] as const) {
      expect(responseCode(aFinalSession('unavailable', letter === undefined ? {} : aresFacts(letter)))).toBe('U');
    }
  });

  it('is not there when the challenge had no end, or nobody was asked', () => {
    expect(responseCode(aFinalSession('challenge_abandoned', aresFacts('C')))).toBeUndefined();
    expect(responseCode(aFinalSession('expired', {}))).toBeUndefined();
  });

  it('comes with a reason unless it is Y', () => {
    const reason = { transStatusReason: '01' };

    expect(responseReason(aFinalSession('declined', aresFacts('N', reason)))).toBe('01');
    expect(responseReason(aFinalSession('approved', aresFacts('Y', reason)))).toBeUndefined();
    expect(responseReason(aFinalSession('declined', aresFacts('N')))).toBeUndefined();
  });
});
