import type { Facts, Step, TransStatus } from '@app/authentication-port';
import type { StatusReason } from './session';
import type { SessionTrigger } from './session.machine';

/** How a cancelled challenge is told from a lost one (EMV challengeCancel; emv-3ds.md section 3.4). */
const LEFT = new Set(['01', '03', '04', '05', '08']);

/** Letter to what it means for the session (choices, "letter to status"). D waits, so it is no trigger. */
const TRIGGERS: Record<TransStatus, SessionTrigger | null> = {
  Y: 'authenticated',
  A: 'attempted',
  I: 'attempted',
  N: 'notAuthenticated',
  R: 'rejected',
  U: 'unavailable',
  C: 'challengeRequired',
  S: 'unavailable',
  D: null,
};

const STATUS_REASONS: Record<NonNullable<Facts['resultSource']>, StatusReason> = {
  ARes: 'ares_status',
  RReq: 'rreq_status',
};

/** What a step does to a session; `trigger` null leaves the status as it is. */
export interface Outcome {
  trigger: SessionTrigger | null;
  statusReason: StatusReason | null;
}

/** Reads a connector's step. What is not understood is never a success. */
export function outcomeOf(step: Step): Outcome {
  if (step.next === 'unreachable') return { trigger: 'unavailable', statusReason: 'ares_error' };
  if (step.next === 'waiting') return { trigger: null, statusReason: null };
  const { transStatus, challengeCancel, resultSource } = step.facts;
  const unsuccessful = transStatus === 'N' || transStatus === 'U';
  if (challengeCancel !== undefined && LEFT.has(challengeCancel) && unsuccessful) {
    return { trigger: 'challengeLeft', statusReason: null };
  }
  if (step.failure !== undefined) return { trigger: 'unavailable', statusReason: step.failure };
  if (transStatus === undefined) return { trigger: 'unavailable', statusReason: 'ares_error' };
  const trigger = TRIGGERS[transStatus];
  const statusReason = trigger === 'unavailable' ? STATUS_REASONS[resultSource ?? 'ARes'] : null;
  return { trigger, statusReason };
}
