import type { Exchange, Facts, Step } from '@app/authentication-port';
import { AUTHENTICATION_VALUE_HOURS, deadlineFor, minutesAfter, wasChallenged } from './deadlines';
import { decidesAnew, factsAfter, lateAnswer } from './facts';
import { outcomeOf } from './outcome';
import type { CompletedBy, Session, SessionEvent, StatusReason, StoredAttempt } from './session';
import { isFinal, stateForbids, transition, type SessionTrigger } from './session.machine';

/** A session after something happened, and the lines of its story that are new. Nothing is stored yet. */
export interface Change {
  session: Session;
  events: readonly SessionEvent[];
  exchanges: readonly Exchange[];
}

/** When and by whom a change is made. */
export interface Cause {
  at: Date;
  actor: string;
}

type Patch = Partial<Omit<Session, 'attempt'>> & { attempt?: Partial<StoredAttempt> };

interface Line {
  type: string;
  data?: SessionEvent['data'];
}

/** Applies a patch that does not touch the status, with one line of story. */
export function note(
  before: Session,
  cause: Cause,
  line: Line,
  patch: Patch = {},
  exchanges: readonly Exchange[] = [],
): Change {
  const session = merge(before, cause, patch, 1, exchanges.length);
  return { session, events: [eventOf(before, session, cause, line)], exchanges };
}

/** Moves the status by the machine; everything that hangs on the status moves with it. */
export function move(
  before: Session,
  trigger: SessionTrigger,
  cause: Cause,
  line: Line,
  patch: Patch & { statusReason?: StatusReason | null } = {},
  exchanges: readonly Exchange[] = [],
  proposedDeadline?: Date,
): Change {
  const status = transition(before.status, trigger);
  const facts = { ...before.attempt.facts, ...patch.attempt?.facts };
  const settled = isFinal(status);
  const session = merge(
    before,
    cause,
    {
      ...patch,
      status,
      deadlineAt: deadlineFor(status, cause.at, before.deadlineAt, proposedDeadline),
      ...(settled ? { finalAt: cause.at, challenged: wasChallenged(facts) } : {}),
      attempt: {
        ...patch.attempt,
        progress: settled ? 'settled' : (patch.attempt?.progress ?? before.attempt.progress),
      },
    },
    1,
    exchanges.length,
  );
  return { session, events: [eventOf(before, session, cause, line)], exchanges };
}

/** The request goes out now: from here on an issuer may have seen it. */
export function sendRequest(before: Session, cause: Cause, patch: Patch = {}): Change {
  return move(
    before,
    'requestSent',
    cause,
    { type: 'request_sent' },
    {
      ...patch,
      attempt: { ...patch.attempt, progress: 'asked' },
    },
  );
}

/**
 * What a connector learned. `sealedValue` is the authentication value of the step, sealed. A step that settles nothing
 * (decoupled, waiting) keeps the status and remembers the facts.
 */
export function applyStep(before: Session, step: Step, cause: Cause, sealedValue: Buffer | null): Change {
  const { trigger, statusReason } = outcomeOf(step);
  if (step.next === 'unreachable' || step.next === 'refused') {
    const facts: StoredAttempt['facts'] = { ...before.attempt.facts, error: step.cause };
    return move(
      before,
      'unavailable',
      cause,
      { type: step.next, data: { error: step.cause } },
      { statusReason, attempt: { facts } },
      step.exchanges,
    );
  }
  const attempt = attemptAfter(before, step.facts, step.state, sealedValue);
  if (trigger === null) {
    return note(before, cause, { type: step.next }, { attempt: { ...attempt, progress: 'answered' } }, step.exchanges);
  }
  const line = { type: TYPES[trigger], data: storyOf(step.facts) };
  return move(
    before,
    trigger,
    cause,
    line,
    { statusReason, attempt: { ...attempt, progress: 'answered' } },
    step.exchanges,
    step.deadline,
  );
}

/**
 * What came too late for the status: kept in the story, and where it fits, what it tells of the issuer's servers. The
 * line says when it contradicts the result that came before it.
 */
export function noteLateAnswer(before: Session, step: Step, cause: Cause): Change & { contradicts: boolean } {
  if (step.next === 'unreachable' || step.next === 'refused') {
    return { ...note(before, cause, { type: 'late_answer' }, {}, step.exchanges), contradicts: false };
  }
  const { facts, contradicts } = lateAnswer(before.attempt.facts, step.facts);
  const data = { ...storyOf(step.facts), ...(contradicts ? { contradicts } : {}) };
  const change = note(before, cause, { type: 'late_answer', data }, { attempt: { facts } }, step.exchanges);
  return { ...change, contradicts };
}

/** The merchant has the result; nothing is left to do. */
export function completeSession(before: Session, by: CompletedBy, cause: Cause): Change {
  if (!isFinal(before.status)) throw stateForbids('The session is not final yet');
  return note(before, cause, { type: 'completed', data: { by } }, { completedAt: cause.at, completedBy: by });
}

const TYPES: Record<SessionTrigger, string> = {
  requestSent: 'request_sent',
  authenticated: 'authenticated',
  attempted: 'attempted',
  notAuthenticated: 'not_authenticated',
  rejected: 'rejected',
  unavailable: 'unavailable',
  challengeRequired: 'challenge_required',
  challengeLeft: 'challenge_left',
  deadlinePassed: 'deadline_passed',
};

function attemptAfter(
  before: Session,
  learned: Facts,
  state: StoredAttempt['state'],
  sealedValue: Buffer | null,
): Partial<StoredAttempt> {
  const { authenticationValue: _sealed, ...facts } = learned;
  return {
    state,
    facts: factsAfter(before.attempt.facts, facts),
    ...(sealedValue === null
      ? forgottenValue(before, facts)
      : {
          authenticationValueSealed: sealedValue,
          authenticationValueExpiresAt: minutesAfter(before.createdAt, AUTHENTICATION_VALUE_HOURS * 60),
        }),
  };
}

/** The proof belongs to the decision that it came with. */
function forgottenValue(before: Session, learned: Facts): Partial<StoredAttempt> {
  if (!decidesAnew(before.attempt.facts, learned)) return {};
  return { authenticationValueSealed: null, authenticationValueExpiresAt: null };
}

/** The part of what was learned that a reader of the story wants on one line. */
function storyOf(facts: Facts): SessionEvent['data'] {
  const { transStatus, transStatusReason, eci, challengeCancel, resultSource, error } = facts;
  const story = { transStatus, transStatusReason, eci, challengeCancel, resultSource, error };
  return Object.fromEntries(Object.entries(story).filter(([, value]) => value !== undefined));
}

function merge(before: Session, cause: Cause, patch: Patch, events: number, exchanges: number): Session {
  return {
    ...before,
    ...patch,
    version: before.version + 1,
    updatedAt: cause.at,
    attempt: { ...before.attempt, ...patch.attempt },
    eventSeq: before.eventSeq + events,
    exchangeSeq: before.exchangeSeq + exchanges,
  };
}

function eventOf(before: Session, after: Session, cause: Cause, line: Line): SessionEvent {
  return {
    type: line.type,
    from: before.status,
    to: after.status,
    at: cause.at,
    actor: cause.actor,
    attemptNumber: after.attempt.number,
    data: line.data ?? {},
  };
}
