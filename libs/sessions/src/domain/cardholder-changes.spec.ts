import { aChallengedSession, ACS, aSession, aStep, HOSTED, later } from '../testing/sessions';
import { declineChallenge, leaveSession } from './cardholder-changes';
import { legOf } from './leg';
import { verdictOf } from './verdict';

const cause = { at: later(2), actor: 'cardholder' };

describe('a cardholder who leaves', () => {
  it('before the issuer is asked ends the session: expired, by the cardholder, completed', () => {
    const before = aSession({ ...HOSTED, attempt: { facts: { dsReferenceNumber: 'DS_LOA_1' } } });

    const { session, events, exchanges } = leaveSession(before, cause);

    expect(session).toMatchObject({
      status: 'expired',
      statusReason: null,
      finalAt: cause.at,
      deadlineAt: null,
      completedBy: 'end',
      challenged: false,
      attempt: { progress: 'settled', facts: { dsReferenceNumber: 'DS_LOA_1', cancelled: 'before_request' } },
    });
    expect(events).toMatchObject([{ type: 'cancelled', from: 'pending', to: 'expired', actor: 'cardholder' }]);
    expect(events.map(legOf)).toEqual(['method']);
    expect(exchanges).toEqual([]);
    expect(verdictOf(session)).toMatchObject({ decidedBy: 'cardholder', liabilityShift: 'no', advice: 'retry' });
  });

  it('before a challenge is shown declines it: abandoned, and the connector remembers', () => {
    const before = aChallengedSession({ ...HOSTED, attempt: { state: { planned: true } } });
    const step = aStep('waiting', before.attempt.facts, { state: { planned: true, declined: true } });

    const { session, events } = declineChallenge(before, step, cause);

    expect(session).toMatchObject({
      status: 'challenge_abandoned',
      finalAt: cause.at,
      completedBy: 'end',
      attempt: {
        progress: 'settled',
        state: { planned: true, declined: true },
        facts: { transStatus: 'C', acs: ACS, cancelled: 'before_challenge' },
      },
    });
    expect(events).toMatchObject([{ type: 'challenge_declined', from: 'challenged', to: 'challenge_abandoned' }]);
    expect(events.map(legOf)).toEqual(['challenge']);
    expect(verdictOf(session)).toMatchObject({ decidedBy: 'cardholder', liabilityShift: 'no', advice: 'retry' });
  });

  it('declines whatever a connector has to say of it', () => {
    const cause405 = { code: '405', component: 'S', description: 'x', detail: 'x' };
    const silent = { next: 'unreachable', issuerMayHaveSeen: true, cause: cause405, exchanges: [] } as const;
    const before = aChallengedSession({ ...HOSTED, attempt: { state: { planned: true } } });

    expect(declineChallenge(before, silent, cause).session).toMatchObject({
      status: 'challenge_abandoned',
      attempt: { state: { planned: true } },
    });
  });

  it('is told apart in words from one who let time run out', () => {
    const texts = [
      leaveSession(aSession(HOSTED), cause).session,
      declineChallenge(aChallengedSession(HOSTED), aStep('waiting'), cause).session,
      aSession({ status: 'expired' }),
      aChallengedSession({ status: 'challenge_abandoned' }),
    ].map((session) => verdictOf(session)?.text);

    expect(new Set(texts).size).toBe(4);
    expect(texts).not.toContain(undefined);
  });
});
