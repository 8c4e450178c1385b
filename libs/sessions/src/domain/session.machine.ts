import { DuplicateRequest, NotAllowed } from '@app/kernel';

/** The public statuses (sessions-api.md section 6.1). */
export const SESSION_STATUSES = [
  'pending',
  'processing',
  'challenged',
  'approved',
  'attempted',
  'declined',
  'rejected',
  'unavailable',
  'challenge_abandoned',
  'expired',
] as const;

export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** What can happen to a session, in the words of the issuer's answer, of the clock or of the cardholder's page. */
export type SessionTrigger =
  | 'requestSent'
  | 'authenticated'
  | 'attempted'
  | 'notAuthenticated'
  | 'rejected'
  | 'unavailable'
  | 'challengeRequired'
  | 'methodRequired'
  | 'dataRequired'
  | 'challengeLeft'
  | 'challengeDeclined'
  | 'cardholderLeft'
  | 'deadlinePassed';

const outcome = {
  authenticated: 'approved',
  attempted: 'attempted',
  notAuthenticated: 'declined',
  rejected: 'rejected',
  unavailable: 'unavailable',
} as const;

/** The whole machine. Final statuses have no exits; this table is the only writer of `status`. */
export const TRANSITIONS = {
  pending: {
    requestSent: 'processing',
    // An upstream may turn a session down before it asks anybody; it cannot make a success of it.
    notAuthenticated: 'declined',
    rejected: 'rejected',
    unavailable: 'unavailable',
    challengeLeft: 'challenge_abandoned',
    // Nothing was asked of the issuer, so there is nothing to tell it.
    cardholderLeft: 'expired',
    deadlinePassed: 'expired',
  },
  processing: {
    ...outcome,
    challengeRequired: 'challenged',
    // An upstream had more to ask before it could ask the issuer: the merchant's turn again.
    methodRequired: 'pending',
    dataRequired: 'pending',
    challengeLeft: 'challenge_abandoned',
    deadlinePassed: 'unavailable',
  },
  challenged: {
    ...outcome,
    challengeLeft: 'challenge_abandoned',
    // Before the challenge was begun: after that only the issuer's page can cancel it.
    challengeDeclined: 'challenge_abandoned',
    deadlinePassed: 'challenge_abandoned',
  },
  approved: {},
  attempted: {},
  declined: {},
  rejected: {},
  unavailable: {},
  challenge_abandoned: {},
  expired: {},
} as const satisfies Record<SessionStatus, Partial<Record<SessionTrigger, SessionStatus>>>;

/**
 * The status after `trigger`.
 * @throws NotAllowed `update_not_allowed_due_to_state` when the table has no such exit
 */
export function transition(status: SessionStatus, trigger: SessionTrigger): SessionStatus {
  const next = exitsOf(status)[trigger];
  if (next === undefined) throw stateForbids(`A session that is ${status} cannot take ${trigger}`);
  return next;
}

/** Whether the table has such an exit. */
export function canTake(status: SessionStatus, trigger: SessionTrigger): boolean {
  return exitsOf(status)[trigger] !== undefined;
}

/** Tells whether nothing can change the status any more. */
export function isFinal(status: SessionStatus): boolean {
  return Object.keys(TRANSITIONS[status]).length === 0;
}

/**
 * While one call asks the issuer, any other is one too many, whatever it wants (section 7, "parallel").
 * @throws DuplicateRequest
 */
export function assertIdle(session: { status: SessionStatus; attempt: { progress: string } }): void {
  if (session.status === 'processing' && session.attempt.progress === 'asked') throw new DuplicateRequest();
}

/** The refusal of a call that the session's state does not allow (section 9). */
export function stateForbids(message: string): NotAllowed {
  return new NotAllowed('update_not_allowed_due_to_state', message);
}

function exitsOf(status: SessionStatus): Partial<Record<SessionTrigger, SessionStatus>> {
  return TRANSITIONS[status];
}
