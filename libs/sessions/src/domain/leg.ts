import type { SessionEvent } from './session';

/** The part of an authentication that a line of the story belongs to. */
export type Leg = 'created' | 'method' | 'request' | 'answer' | 'challenge' | 'result' | 'callback';

const BY_TYPE = new Map<string, Leg>(
  Object.entries({
    created: 'created',
    refused: 'created',
    opened: 'created',
    method_reported: 'method',
    need_channel_data: 'method',
    need_method: 'method',
    request_sent: 'request',
    attempt_failed: 'request',
    attempt_planned: 'request',
    late_answer: 'answer',
    unreachable: 'answer',
    waiting: 'answer',
    decoupled: 'answer',
    data_required: 'answer',
    method_required: 'answer',
    challenge_required: 'answer',
    cancelled: 'method',
    challenge_declined: 'challenge',
    challenge_returned: 'challenge',
    notice_without_effect: 'result',
    completion_requested: 'callback',
    completed: 'callback',
    upstream_completed: 'callback',
  } satisfies Record<string, Leg>),
);

const BY_SOURCE = new Map<unknown, Leg>([
  ['ARes', 'answer'],
  ['RReq', 'result'],
]);

/** Where a session stood when time ran out: what did not come. */
const BY_STATUS = new Map<unknown, Leg>([
  ['processing', 'answer'],
  ['challenged', 'challenge'],
]);

/** Lines that end a session where it stood. */
const ENDS: ReadonlySet<string> = new Set(['deadline_passed', 'ended_by_operator']);

/** The leg of a line; null where none can be told. */
export function legOf({ type, from, data }: Pick<SessionEvent, 'type' | 'from' | 'data'>): Leg | null {
  if (ENDS.has(type)) return BY_STATUS.get(from) ?? null;
  return BY_TYPE.get(type) ?? BY_SOURCE.get(data['resultSource']) ?? null;
}
