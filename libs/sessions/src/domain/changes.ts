import type { AttemptIdentity, AttemptProgress, Exchange, Facts, LearnedStep, Step } from '@app/authentication-port';
import { AUTHENTICATION_VALUE_HOURS, deadlineFor, minutesAfter, wasChallenged } from './deadlines';
import { decidesAnew, factsAfter, lateAnswer } from './facts';
import { outcomeOf } from './outcome';
import type { CompletedBy, Session, SessionEvent, StatusReason, StoredAttempt } from './session';
import { canTake, isFinal, stateForbids, transition, type SessionTrigger } from './session.machine';

/** A session after something happened, and the lines of its story that are new. Nothing is stored yet. */
export interface Change {
  session: Session;
  events: readonly SessionEvent[];
  exchanges: readonly Exchange[];
  /** Further names that notices may use for the attempt from now on. */
  correlationKeys?: readonly string[];
  /** There is news that the connector can be asked for. */
  inquire?: true;
}

/** When and by whom a change is made. */
export interface Cause {
  at: Date;
  actor: string;
  /** What it was learned by, where that was not the normal path: the question asked at the deadline. */
  via?: 'deadline';
  /** When a session that waits for the merchant again is settled at the latest. */
  pendingUntil?: Date;
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
      ...(settled ? { finalAt: cause.at, challenged: wasChallenged(facts), ...completionAtEnd(before, cause) } : {}),
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

/** Nothing is left to the merchant of a hosted session: its end completes it. */
function completionAtEnd({ flow }: Session, { at }: Cause): Pick<Session, 'completedAt' | 'completedBy'> | undefined {
  return flow === 'hosted' ? { completedAt: at, completedBy: 'end' } : undefined;
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

export type RefusedStep = Extract<Step, { next: 'refused' }>;
export type UnreachableStep = Extract<Step, { next: 'unreachable' }>;

/** What an upstream waits for before the issuer can be asked: the merchant's turn. */
const MERCHANTS_TURN: ReadonlySet<SessionTrigger | null> = new Set(['methodRequired', 'dataRequired']);

/**
 * What a connector learned. `sealedValue` is the authentication value of the step, sealed. A step that settles nothing
 * (decoupled, waiting) keeps the status and remembers the facts; one that the status has no exit for is a line in the story.
 */
export function applyStep(before: Session, step: Step, cause: Cause, sealedValue: Buffer | null): Change {
  if (step.next === 'unreachable' || step.next === 'refused') return applyFailure(before, step, cause);
  const { trigger, statusReason } = outcomeOf(step);
  const learned = attemptAfter(before, step, sealedValue);
  const more = {
    ...(step.correlationKeys === undefined ? {} : { correlationKeys: step.correlationKeys }),
    ...(step.inquire === true ? { inquire: true as const } : {}),
  };
  const waitsForMerchant = MERCHANTS_TURN.has(trigger);
  const isOutOfTurn = trigger !== null && !isFinal(before.status) && !canTake(before.status, trigger);
  if (trigger === null || isOutOfTurn) {
    const progress = progressAfter(before, step, waitsForMerchant);
    const isOpened = waitsForMerchant && before.attempt.progress === 'planned' && before.status === 'pending';
    const type = isOpened ? 'opened' : trigger === null || waitsForMerchant ? step.next : 'out_of_turn';
    // What the status cannot take decides nothing: no letter and no proof of it is kept.
    const patch = { attempt: type === 'out_of_turn' ? { state: step.state } : { ...learned, progress } };
    return { ...note(before, cause, { type, data: storyOf(step.facts) }, patch, step.exchanges), ...more };
  }
  const silence = before.status === 'processing' && trigger === 'deadlinePassed' ? 'ares_error' : null;
  const change = move(
    before,
    trigger,
    cause,
    { type: TYPES[trigger], data: storyOf(step.facts) },
    {
      statusReason: statusReason ?? silence,
      ...(trigger === 'methodRequired' ? { methodCompletion: null } : {}),
      ...(trigger === 'dataRequired' ? WITHOUT_DEVICE : {}),
      attempt: { ...learned, progress: waitsForMerchant ? 'opened' : 'answered' },
    },
    step.exchanges,
    waitsForMerchant ? cause.pendingUntil : step.deadline,
  );
  return { ...change, ...more };
}

/** The device data that came were no good: they are asked for again. */
const WITHOUT_DEVICE = { device: null, deviceChannel: null } as const;

function applyFailure(before: Session, step: RefusedStep | UnreachableStep, cause: Cause): Change {
  const facts: StoredAttempt['facts'] = { ...before.attempt.facts, error: step.cause };
  const line = { type: step.next, data: { error: step.cause } };
  // Not told of the 3DS Method, an upstream is told with the device data.
  if (step.next === 'unreachable' && before.status === 'pending' && before.attempt.progress === 'opened') {
    return note(before, cause, line, {}, step.exchanges);
  }
  const { statusReason } = outcomeOf(step);
  return move(before, 'unavailable', cause, line, { statusReason, attempt: { facts } }, step.exchanges);
}

/** Two changes that are stored as one. */
export function followedBy(first: Change, second: Change): Change {
  return {
    ...second,
    events: [...first.events, ...second.events],
    exchanges: [...first.exchanges, ...second.exchanges],
  };
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
  methodRequired: 'method_required',
  dataRequired: 'data_required',
  challengeLeft: 'challenge_left',
  challengeDeclined: 'challenge_declined',
  cardholderLeft: 'cancelled',
  deadlinePassed: 'deadline_passed',
};

function attemptAfter(before: Session, step: LearnedStep, sealedValue: Buffer | null): Partial<StoredAttempt> {
  const { authenticationValue: _sealed, ...facts } = step.facts;
  return {
    ...(step.identity === undefined ? {} : identified(step.identity)),
    state: step.state,
    facts: factsAfter(before.attempt.facts, facts),
    ...(sealedValue === null
      ? forgottenValue(before, facts)
      : {
          authenticationValueSealed: sealedValue,
          authenticationValueExpiresAt: minutesAfter(before.createdAt, AUTHENTICATION_VALUE_HOURS * 60),
        }),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an upstream knows better than the plan. Transaction ids are UUIDs, here as everywhere. */
function identified({ directoryServerId, transactionId, ...identity }: AttemptIdentity): Partial<StoredAttempt> {
  return {
    ...identity,
    ...(directoryServerId === undefined ? {} : { directoryServerId }),
    ...(transactionId !== undefined && UUID.test(transactionId) ? { transactionId } : {}),
  };
}

/** `waiting` tells nothing of the call that is under way; whatever else there is to tell is its answer. */
function progressAfter(before: Session, step: LearnedStep, waitsForMerchant: boolean): AttemptProgress {
  const { progress } = before.attempt;
  if (waitsForMerchant) return before.status === 'pending' ? 'opened' : progress;
  return step.next === 'decoupled' && !isFinal(before.status) ? 'answered' : progress;
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
    data: { ...line.data, ...(cause.via === undefined ? {} : { via: cause.via }) },
  };
}
