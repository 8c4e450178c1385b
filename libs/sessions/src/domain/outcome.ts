import type { Facts, LearnedStep, Step, TransStatus } from '@app/authentication-port';
import type { StatusReason } from './session';
import type { SessionTrigger } from './session.machine';

/** How a cancelled challenge is told from a lost one (EMV challengeCancel; emv-3ds.md section 3.4). */
const LEFT = new Set(['01', '03', '04', '05', '08']);

type Trigger = SessionTrigger | null;

/**
 * The letters that each kind of step can carry and what they mean (choices, "letter to status"). D waits, so it is no
 * trigger. A letter that is not here is not understood: success needs a final step and a letter that says so.
 */
const TRIGGERS: Record<'challenge' | 'decoupled' | 'final', ReadonlyMap<TransStatus, Trigger>> = {
  challenge: new Map<TransStatus, Trigger>([['C', 'challengeRequired']]),
  decoupled: new Map<TransStatus, Trigger>([['D', null]]),
  final: new Map<TransStatus, Trigger>([
    ['Y', 'authenticated'],
    ['A', 'attempted'],
    ['I', 'attempted'],
    ['N', 'notAuthenticated'],
    ['R', 'rejected'],
    ['U', 'unavailable'],
    ['S', 'unavailable'],
  ]),
};

type Source = NonNullable<Facts['resultSource']>;

const STATUS_REASONS: Record<Source, StatusReason> = { ARes: 'ares_status', RReq: 'rreq_status' };
const ERROR_REASONS: Record<Source, StatusReason> = { ARes: 'ares_error', RReq: 'rreq_error' };

/** What a step does to a session; `trigger` null leaves the status as it is. */
export interface Outcome {
  trigger: Trigger;
  statusReason: StatusReason | null;
}

/** Steps that need no letter. */
const WITHOUT_LETTER = {
  unreachable: { trigger: 'unavailable', statusReason: 'ares_error' },
  refused: { trigger: 'unavailable', statusReason: 'ares_error' },
  waiting: { trigger: null, statusReason: null },
  need_channel_data: { trigger: 'dataRequired', statusReason: null },
  need_method: { trigger: 'methodRequired', statusReason: null },
} as const satisfies Partial<Record<Step['next'], Outcome>>;

/** What an upstream says of its own session's end. */
const ENDS = {
  challenge_abandoned: { trigger: 'challengeLeft', statusReason: null },
  expired: { trigger: 'deadlinePassed', statusReason: null },
} as const satisfies Record<NonNullable<LearnedStep['ended']>, Outcome>;

/** Reads a connector's step. What is not understood is never a success. */
export function outcomeOf(step: Step): Outcome {
  if (
    step.next === 'unreachable' ||
    step.next === 'refused' ||
    step.next === 'waiting' ||
    step.next === 'need_channel_data' ||
    step.next === 'need_method'
  ) {
    return WITHOUT_LETTER[step.next];
  }
  if (step.next === 'final' && step.ended !== undefined) return ENDS[step.ended];
  const { transStatus, challengeCancel, resultSource = 'ARes' } = step.facts;
  const unsuccessful = transStatus === 'N' || transStatus === 'U';
  if (challengeCancel !== undefined && LEFT.has(challengeCancel) && unsuccessful) {
    return { trigger: 'challengeLeft', statusReason: null };
  }
  if (step.failure === 'risk_declined') return { trigger: 'notAuthenticated', statusReason: step.failure };
  if (step.failure !== undefined) return { trigger: 'unavailable', statusReason: step.failure };
  const trigger = transStatus === undefined ? undefined : TRIGGERS[step.next].get(transStatus);
  if (trigger === undefined) return { trigger: 'unavailable', statusReason: ERROR_REASONS[resultSource] };
  return { trigger, statusReason: trigger === 'unavailable' ? STATUS_REASONS[resultSource] : null };
}
