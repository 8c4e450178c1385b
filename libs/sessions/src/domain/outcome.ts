import type { Facts, Step, TransStatus } from '@app/authentication-port';
import type { StatusReason } from './session';
import type { SessionTrigger } from './session.machine';

/** How a cancelled challenge is told from a lost one (EMV challengeCancel; emv-3ds.md section 3.4). */
const LEFT = new Set(['01', '03', '04', '05', '08']);

type Trigger = SessionTrigger | null;

/**
 * The letters that each kind of step can carry and what they mean (choices, "letter to status"). D waits, so it is no
 * trigger. A letter that is not here is not understood: success needs a final step and a letter that says so.
 */
const TRIGGERS: Record<
  'need_channel_data' | 'need_method' | 'challenge' | 'decoupled' | 'final',
  ReadonlyMap<TransStatus, Trigger>
> = {
  need_channel_data: new Map<TransStatus, Trigger>(),
  need_method: new Map<TransStatus, Trigger>(),
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

/** Reads a connector's step. What is not understood is never a success. */
export function outcomeOf(step: Step): Outcome {
  if (step.next === 'unreachable' || step.next === 'refused')
    return { trigger: 'unavailable', statusReason: 'ares_error' };
  if (step.next === 'waiting') return { trigger: null, statusReason: null };
  const { transStatus, challengeCancel, resultSource = 'ARes' } = step.facts;
  const unsuccessful = transStatus === 'N' || transStatus === 'U';
  if (challengeCancel !== undefined && LEFT.has(challengeCancel) && unsuccessful) {
    return { trigger: 'challengeLeft', statusReason: null };
  }
  if (step.failure !== undefined) return { trigger: 'unavailable', statusReason: step.failure };
  const trigger = transStatus === undefined ? undefined : TRIGGERS[step.next].get(transStatus);
  if (trigger === undefined) return { trigger: 'unavailable', statusReason: ERROR_REASONS[resultSource] };
  return { trigger, statusReason: trigger === 'unavailable' ? STATUS_REASONS[resultSource] : null };
}
