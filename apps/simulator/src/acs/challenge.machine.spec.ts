import { LISTED_RESULTS, OTHER_RESULTS, stepChallenge, type ChallengeInput } from './challenge.machine';

const wrong: ChallengeInput = { action: 'submit', password: 'letmein' };
const right: ChallengeInput = { action: 'submit', password: 'Checkout1!' };

describe('a challenge', () => {
  it('ends with the listed result once the password is right, on any try', () => {
    for (const tries of [0, 1, 2]) {
      expect(stepChallenge(tries, right, LISTED_RESULTS.attempted)).toEqual({
        kind: 'end',
        tries: tries + 1,
        result: { transStatus: 'A' },
      });
    }
  });

  it('gives three tries and then ends with reason 19', () => {
    expect(stepChallenge(0, wrong, LISTED_RESULTS.approved)).toEqual({ kind: 'again', tries: 1, triesLeft: 2 });
    expect(stepChallenge(1, wrong, LISTED_RESULTS.approved)).toEqual({ kind: 'again', tries: 2, triesLeft: 1 });
    expect(stepChallenge(2, wrong, LISTED_RESULTS.approved)).toEqual({
      kind: 'end',
      tries: 3,
      result: OTHER_RESULTS.tooManyTries,
    });
  });

  it('ends cancelled whatever was typed', () => {
    expect(stepChallenge(1, { action: 'cancel', password: 'Checkout1!' }, LISTED_RESULTS.approved)).toEqual({
      kind: 'end',
      tries: 1,
      result: OTHER_RESULTS.cancelled,
    });
  });

  it('names a cancel code with every timeout, as reason 14 demands', () => {
    for (const result of Object.values(OTHER_RESULTS)) {
      if ('transStatusReason' in result && result.transStatusReason === '14') {
        expect(['04', '05']).toContain(result.challengeCancel);
      }
    }
  });
});
