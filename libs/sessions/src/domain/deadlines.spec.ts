import { AT, later } from '../testing/sessions';
import { deadlineFor, minutesAfter, wasChallenged } from './deadlines';
import { isFinal, SESSION_STATUSES } from './session.machine';

describe('deadlines', () => {
  it('keeps that of a pending session as it was set at creation', () => {
    expect(deadlineFor('pending', later(10), later(30))).toEqual(later(30));
  });

  it('gives a request three minutes from when it went out', () => {
    expect(deadlineFor('processing', AT, later(30))).toEqual(later(3));
  });

  it('gives a challenge thirty minutes, or less when the issuer gives up sooner', () => {
    expect(deadlineFor('challenged', AT, later(3))).toEqual(later(30));
    expect(deadlineFor('challenged', AT, later(3), later(11))).toEqual(later(11));
    expect(deadlineFor('challenged', AT, later(3), later(90))).toEqual(later(30));
  });

  it('is there exactly for what is not final', () => {
    for (const status of SESSION_STATUSES) {
      expect(deadlineFor(status, AT, later(30)) === null).toBe(isFinal(status));
    }
  });

  it('counts minutes', () => {
    expect(minutesAfter(AT, 1.5).getTime() - AT.getTime()).toBe(90_000);
  });
});

describe('whether a challenge took place', () => {
  it('is told by the result message or by the challenge that was asked for', () => {
    expect(wasChallenged({ resultSource: 'RReq' })).toBe(true);
    expect(wasChallenged({ resultSource: 'ARes', challengeRequest: 'Y3JlcQ' })).toBe(true);
    expect(wasChallenged({ resultSource: 'ARes' })).toBe(false);
    expect(wasChallenged({})).toBe(false);
  });
});
