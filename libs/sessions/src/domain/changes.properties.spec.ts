/** A session under whatever happens to it, in whatever order: what holds all the time. */
import type { Step, TransStatus } from '@app/authentication-port';
import { NotAllowed } from '@app/kernel';
import * as fc from 'fast-check';
import { aresFacts, aSession, aStep, later } from '../testing/sessions';
import { applyStep, completeSession, move, noteLateAnswer, sendRequest, type Cause, type Change } from './changes';
import { verdictOf } from './verdict';
import type { Session, SessionEvent } from './session';
import { isFinal } from './session.machine';

const LETTERS: readonly TransStatus[] = ['Y', 'N', 'U', 'A', 'C', 'D', 'R', 'I', 'S'];
const CAUSE = { code: '405', component: 'S', description: 'System connection failure', detail: '' };
const SUCCESS: Readonly<Record<string, readonly string[]>> = { approved: ['Y'], attempted: ['A', 'I'] };

/** What a merchant, a connector or the clock does. */
type Happening = { is: 'asked' | 'deadline' | 'completed' } | { is: 'step'; step: Step; proof: boolean };

/** Mostly absent. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const learned = fc
  .record({
    next: fc.constantFrom('need_channel_data', 'need_method', 'challenge', 'decoupled', 'waiting', 'final', 'final'),
    letter: fc.constantFrom(...LETTERS, undefined),
    source: fc.constantFrom('ARes', 'RReq'),
    cancel: rarely(fc.constantFrom('01', '02', '05', '08')),
    failure: rarely(fc.constantFrom('ares_error', 'rreq_status', 'risk_declined')),
    ended: rarely(fc.constantFrom('challenge_abandoned', 'expired')),
    deadline: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
    state: fc.dictionary(fc.constantFrom('a', 'b'), fc.integer()),
  } as const)
  .map(({ next, letter, source, cancel, failure, ended, deadline, state }): Step => {
    const facts = aresFacts(letter, {
      resultSource: source,
      ...(cancel === undefined ? {} : { challengeCancel: cancel }),
    });
    return aStep(next, facts, {
      state,
      ...(failure === undefined ? {} : { failure }),
      ...(ended === undefined ? {} : { ended }),
      ...(deadline === undefined ? {} : { deadline: later(deadline) }),
    });
  });

/** As connectors say it when all is well. */
const usual = fc.constantFrom<Step>(
  aStep('challenge', aresFacts('C')),
  aStep('challenge', aresFacts('C')),
  aStep('need_method'),
  aStep('waiting'),
  ...(['Y', 'A', 'I', 'N', 'R', 'U'] as const).map((letter) => aStep('final', aresFacts(letter))),
);

const failed = fc.constantFrom<Step>(
  { next: 'unreachable', issuerMayHaveSeen: false, cause: CAUSE, exchanges: [] },
  { next: 'unreachable', issuerMayHaveSeen: true, cause: CAUSE, exchanges: [] },
  { next: 'refused', kind: 'invalid', codes: ['amount_invalid'], cause: CAUSE, exchanges: [] },
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ is: 'asked' as const }) },
  { weight: 1, arbitrary: fc.constant({ is: 'deadline' as const }) },
  { weight: 1, arbitrary: fc.constant({ is: 'completed' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('step' as const),
      step: fc.oneof(
        { weight: 4, arbitrary: learned },
        { weight: 4, arbitrary: usual },
        { weight: 1, arbitrary: failed },
      ),
      proof: fc.boolean(),
    }),
  },
);

/** As the services of this lib do it; null where they would refuse it. */
function happen(session: Session, what: Happening, cause: Cause): Change | null {
  try {
    switch (what.is) {
      case 'asked':
        return sendRequest(session, cause);
      case 'deadline':
        return isFinal(session.status) ? null : move(session, 'deadlinePassed', cause, { type: 'deadline_passed' });
      case 'completed':
        return completeSession(session, 'merchant', cause);
      case 'step':
        return isFinal(session.status)
          ? noteLateAnswer(session, what.step, cause)
          : applyStep(session, what.step, cause, what.proof ? Buffer.from('proof') : null);
    }
  } catch (error) {
    if (error instanceof NotAllowed) return null;
    throw error;
  }
}

/** What the database's own checks demand, and what a reader of the story counts on. */
function expectSound(before: Session, { session: after, events }: Change, story: readonly SessionEvent[]): void {
  const isOver = isFinal(after.status);
  expect(after.finalAt === null).toBe(!isOver);
  expect(after.deadlineAt === null).toBe(isOver);
  expect(after.attempt.progress === 'settled').toBe(isOver);
  expect(verdictOf(after) === null).toBe(!isOver);
  expect(after.version).toBe(before.version + 1);
  expect(after.eventSeq).toBe(before.eventSeq + events.length);
  expect(events.at(-1)?.to).toBe(after.status);
  for (const [index, line] of story.entries()) if (index > 0) expect(line.from).toBe(story[index - 1]?.to);
  expect(after.attempt.authenticationValueSealed === null).toBe(after.attempt.authenticationValueExpiresAt === null);
}

function expectUnmoved(before: Session, after: Session): void {
  expect([after.status, after.finalAt, after.statusReason]).toEqual([
    before.status,
    before.finalAt,
    before.statusReason,
  ]);
  expect(after.attempt.facts.transStatus).toBe(before.attempt.facts.transStatus);
  expect(after.attempt.authenticationValueSealed).toBe(before.attempt.authenticationValueSealed);
}

/** A success has asked somebody, and a final step with the letter for it. */
function expectEarned(before: Session, after: Session, what: Happening): void {
  const letters = SUCCESS[after.status];
  if (letters === undefined || before.status === after.status) return;
  expect(what).toMatchObject({ is: 'step', step: { next: 'final' } });
  expect(letters).toContain(after.attempt.facts.transStatus);
  expect(['processing', 'challenged']).toContain(before.status);
}

it('a session is never corrupted, and what is final stays, in whatever order things happen', () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 25 }), (happenings) => {
      let session = aSession();
      const story: SessionEvent[] = [];
      for (const [index, what] of happenings.entries()) {
        const change = happen(session, what, { at: later(index), actor: 'somebody', pendingUntil: later(30) });
        if (change === null) continue;
        story.push(...change.events);
        expectSound(session, change, story);
        expectEarned(session, change.session, what);
        if (isFinal(session.status)) expectUnmoved(session, change.session);
        session = change.session;
        ends.add(session.status);
      }
    }),
    { numRuns: 500 },
  );
  expect([...ends].sort()).toEqual([
    'approved',
    'attempted',
    'challenge_abandoned',
    'challenged',
    'declined',
    'expired',
    'pending',
    'processing',
    'rejected',
    'unavailable',
  ]);
});
