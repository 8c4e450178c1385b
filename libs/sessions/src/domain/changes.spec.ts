import { NotAllowed, Secret } from '@app/kernel';
import {
  aDevice,
  aChallengedSession,
  aFinalSession,
  aProcessingSession,
  ACS,
  aresFacts,
  aSession,
  aStep,
  AT,
  HOSTED,
  later,
} from '../testing/sessions';
import { applyStep, completeSession, move, note, sendRequest } from './changes';
import type { Exchange } from '@app/authentication-port';

const cause = { at: later(1), actor: 'issuer' };
const EXCHANGES: Exchange[] = [
  { direction: 'sent', messageType: 'AReq', at: AT, body: {} },
  { direction: 'received', messageType: 'ARes', at: AT, latencyMs: 12, body: {} },
];

describe('every change', () => {
  const changes = [
    ['a note', note(aProcessingSession(), cause, { type: 'x' }, {}, EXCHANGES)],
    ['a move', move(aProcessingSession(), 'rejected', cause, { type: 'x' }, {}, EXCHANGES)],
    ['a step', applyStep(aProcessingSession(), aStep('final', {}, { exchanges: EXCHANGES }), cause, null)],
  ] as const;

  it.each(changes)('as %s raises the version by one and takes its places in the story', (_, { session, events }) => {
    const before = aProcessingSession();

    expect(session.version).toBe(before.version + 1);
    expect(session.updatedAt).toEqual(cause.at);
    expect(events).toHaveLength(1);
    expect(session.eventSeq).toBe(before.eventSeq + 1);
    expect(session.exchangeSeq).toBe(before.exchangeSeq + 2);
  });

  it('leaves the session that it started from as it was', () => {
    const before = aProcessingSession();
    const copy = structuredClone(before);

    applyStep(before, aStep('final', aresFacts('Y'), { exchanges: EXCHANGES }), cause, Buffer.from('x'));

    expect(before).toEqual(copy);
  });

  it('is a line with when, who, from, to and which attempt', () => {
    const { events } = applyStep(aProcessingSession(), aStep('final', aresFacts('Y', { eci: '05' })), cause, null);

    expect(events).toEqual([
      {
        type: 'authenticated',
        from: 'processing',
        to: 'approved',
        at: later(1),
        actor: 'issuer',
        attemptNumber: 1,
        data: { transStatus: 'Y', eci: '05', resultSource: 'ARes' },
      },
    ]);
  });
});

describe('a note', () => {
  it('keeps the status and every clock', () => {
    const before = aChallengedSession();
    const { session, events } = note(before, cause, { type: 'challenge_returned' });

    expect(session).toEqual({ ...before, version: before.version + 1, updatedAt: later(1), eventSeq: 3 });
    expect(events[0]).toMatchObject({ type: 'challenge_returned', from: 'challenged', to: 'challenged', data: {} });
  });
});

describe('sending the request', () => {
  it('marks the attempt as asked and starts the clock of an answer', () => {
    const { session, events } = sendRequest(aSession(), cause, { device: aDevice(), deviceChannel: 'browser' });

    expect(session).toMatchObject({ status: 'processing', deadlineAt: later(4), deviceChannel: 'browser' });
    expect(session.device).toEqual(aDevice());
    expect(session.attempt.progress).toBe('asked');
    expect(events[0]).toMatchObject({ type: 'request_sent', from: 'pending', to: 'processing' });
  });

  it('is refused twice', () => {
    expect(() => sendRequest(aProcessingSession(), cause)).toThrow(NotAllowed);
  });
});

describe('applying a step', () => {
  it('settles a frictionless session', () => {
    const { session } = applyStep(aProcessingSession(), aStep('final', aresFacts('Y')), cause, null);

    expect(session).toMatchObject({
      status: 'approved',
      statusReason: null,
      finalAt: later(1),
      deadlineAt: null,
      challenged: false,
    });
    expect(session.attempt.progress).toBe('settled');
  });

  it('opens a challenge, with the earlier of the two deadlines', () => {
    const step = aStep('challenge', aresFacts('C', { challengeRequest: 'Y3JlcQ' }), { deadline: later(11) });
    const { session } = applyStep(aProcessingSession(), step, cause, null);

    expect(session).toMatchObject({ status: 'challenged', deadlineAt: later(11), finalAt: null, challenged: null });
    expect(session.attempt).toMatchObject({ progress: 'answered', facts: { challengeRequest: 'Y3JlcQ', acs: ACS } });
  });

  it('settles a challenged session by its result, over what the answer had said', () => {
    const step = aStep('final', { resultSource: 'RReq', transStatus: 'N', transStatusReason: '19' });
    const { session } = applyStep(aChallengedSession(), step, cause, null);

    expect(session).toMatchObject({ status: 'declined', challenged: true, deadlineAt: null });
    expect(session.attempt.facts).toMatchObject({ transStatus: 'N', acs: ACS, challengeRequest: 'Y3JlcQ' });
  });

  it('takes a result that overtook the answer for a challenge', () => {
    const step = aStep('final', { resultSource: 'RReq', transStatus: 'Y' });

    expect(applyStep(aProcessingSession(), step, cause, null).session).toMatchObject({
      status: 'approved',
      challenged: true,
    });
  });

  it('gives an abandoned challenge no reason, and an unavailable one its own', () => {
    const left = aStep('final', { resultSource: 'RReq', transStatus: 'N', challengeCancel: '01' });
    const down = aStep('final', { resultSource: 'RReq', transStatus: 'U' });

    expect(applyStep(aChallengedSession(), left, cause, null).session).toMatchObject({
      status: 'challenge_abandoned',
      statusReason: null,
      challenged: true,
    });
    expect(applyStep(aChallengedSession(), down, cause, null).session).toMatchObject({
      status: 'unavailable',
      statusReason: 'rreq_status',
    });
  });

  it('keeps the status where nothing is settled, and remembers what was learned', () => {
    const before = aProcessingSession();
    const { session, events } = applyStep(
      before,
      aStep('decoupled', { transStatus: 'D' }, { state: { a: 1 } }),
      cause,
      null,
    );

    expect(session).toMatchObject({ status: 'processing', deadlineAt: before.deadlineAt });
    expect(session.attempt).toMatchObject({ progress: 'answered', facts: { transStatus: 'D' }, state: { a: 1 } });
    expect(events[0]).toMatchObject({ type: 'decoupled', from: 'processing', to: 'processing' });
  });

  it('ends an unreachable attempt as unavailable, with what went wrong', () => {
    const error = { code: '405', component: 'S', description: 'System Connection Failure', detail: 'refused' };
    const { session, events } = applyStep(
      aProcessingSession(),
      { next: 'unreachable', issuerMayHaveSeen: false, cause: error, exchanges: EXCHANGES },
      cause,
      null,
    );

    expect(session).toMatchObject({ status: 'unavailable', statusReason: 'ares_error', challenged: false });
    expect(session.attempt.facts.error).toEqual(error);
    expect(events[0]).toMatchObject({ type: 'unreachable', data: { error } });
  });

  it('keeps the authentication value sealed and apart, for 24 hours from creation', () => {
    const sealed = Buffer.from('sealed');
    const facts = aresFacts('Y', { authenticationValue: new Secret('MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=') });
    const { session, events } = applyStep(aProcessingSession(), aStep('final', facts), cause, sealed);

    expect(session.attempt.authenticationValueSealed).toBe(sealed);
    expect(session.attempt.authenticationValueExpiresAt).toEqual(later(24 * 60));
    expect(session.attempt.facts).not.toHaveProperty('authenticationValue');
    expect(JSON.stringify(events)).not.toContain('authenticationValue');
  });

  it('forgets the proof of a decision that another message has replaced', () => {
    const before = aChallengedSession({
      attempt: { authenticationValueSealed: Buffer.from('x'), authenticationValueExpiresAt: later(60) },
    });
    const step = aStep('final', { resultSource: 'RReq', transStatus: 'N' });

    expect(applyStep(before, step, cause, null).session.attempt).toMatchObject({
      authenticationValueSealed: null,
      authenticationValueExpiresAt: null,
    });
  });

  it.each([
    ['declined', aStep('final', {}, { failure: 'risk_declined' }), 'risk_declined'],
    ['declined', aStep('final', { transStatus: 'N', resultSource: 'ARes' }), null],
    ['rejected', aStep('final', { transStatus: 'R', resultSource: 'ARes' }), null],
    ['challenge_abandoned', aStep('final', {}, { ended: 'challenge_abandoned' }), null],
    ['expired', aStep('final', {}, { ended: 'expired' }), null],
  ] as const)(
    'ends a session that still waited for its merchant as %s where its upstream says so',
    (status, step, reason) => {
      const { session } = applyStep(aSession(), step, cause, null);

      expect(session).toMatchObject({ status, statusReason: reason, finalAt: later(1), deadlineAt: null });
    },
  );

  it.each(['final', 'challenge'] as const)('keeps nothing of a %s that a waiting session cannot take', (next) => {
    const facts = aresFacts(next === 'final' ? 'Y' : 'C', { eci: '05' });
    const { session, events } = applyStep(
      aSession(),
      aStep(next, facts, { state: { known: 1 }, exchanges: EXCHANGES }),
      cause,
      Buffer.from('sealed'),
    );

    expect(session).toMatchObject({ status: 'pending', exchangeSeq: 2 });
    expect(session.attempt).toMatchObject({ facts: {}, state: { known: 1 }, authenticationValueSealed: null });
    expect(session.attempt.facts).toEqual({});
    expect(events[0]).toMatchObject({ type: 'out_of_turn', data: { transStatus: facts.transStatus } });
  });

  it('changes no final session', () => {
    const settled = aFinalSession('declined', aresFacts('N'));

    expect(() => applyStep(settled, aStep('final', aresFacts('Y')), cause, null)).toThrow(NotAllowed);
  });
});

describe('the end of a hosted session', () => {
  it('completes it: nothing is left for its merchant to do', () => {
    const ends = [
      applyStep(aProcessingSession(HOSTED), aStep('final', aresFacts('Y')), cause, null),
      move(aSession(HOSTED), 'deadlinePassed', cause, { type: 'deadline_passed' }),
    ];

    for (const { session } of ends) {
      expect(session).toMatchObject({ finalAt: cause.at, completedAt: cause.at, completedBy: 'end' });
    }
  });

  it('is what completes it, and no other change; and none completes another session', () => {
    const challenge = applyStep(aProcessingSession(HOSTED), aStep('challenge', aresFacts('C')), cause, null);
    const other = applyStep(aProcessingSession(), aStep('final', aresFacts('Y')), cause, null);

    expect(challenge.session).toMatchObject({ status: 'challenged', completedAt: null, completedBy: null });
    expect(other.session).toMatchObject({ finalAt: cause.at, completedAt: null });
  });
});

describe('completing', () => {
  it('notes who closed the session and when', () => {
    const { session, events } = completeSession(aFinalSession('approved', aresFacts('Y')), 'merchant', cause);

    expect(session).toMatchObject({ status: 'approved', completedAt: later(1), completedBy: 'merchant' });
    expect(events[0]).toMatchObject({ type: 'completed', from: 'approved', to: 'approved', data: { by: 'merchant' } });
  });

  it.each([aSession(), aProcessingSession(), aChallengedSession()])('is refused before the end (%#)', (session) => {
    expect(() => completeSession(session, 'merchant', cause)).toThrow(
      expect.objectContaining({ codes: ['update_not_allowed_due_to_state'] }) as Error,
    );
  });
});
