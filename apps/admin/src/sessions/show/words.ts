import type { DecidedBy, SessionStory } from '../types';
import { wordFor } from '../words';

export const DECIDED_BY_WORDS: Readonly<Record<DecidedBy, string>> = {
  issuer: 'The issuer',
  directory_server: 'The directory server, for the issuer',
  cardholder: 'The cardholder',
  nobody: 'Nobody',
};

/** The lines of a session's story. */
export const EVENT_WORDS: Readonly<Record<string, string>> = {
  created: 'Created',
  refused: 'Turned away',
  opened: 'Opened at the upstream',
  method_reported: '3DS Method reported',
  need_channel_data: 'Device data needed',
  need_method: '3DS Method needed',
  data_required: 'The upstream needs device data',
  method_required: 'The upstream needs the 3DS Method',
  request_sent: 'Authentication request sent',
  attempt_planned: 'Another connector takes it',
  attempt_failed: 'Attempt failed',
  unreachable: 'Connector not reached',
  waiting: 'Waiting',
  decoupled: 'Decoupled authentication began',
  challenge_required: 'The issuer wants a challenge',
  challenge_returned: 'The cardholder came back from the challenge',
  challenge_declined: 'The challenge was declined',
  cancelled: 'Cancelled by the cardholder',
  authenticated: 'Authenticated',
  approved: 'Approved',
  attempted: 'Attempted',
  not_authenticated: 'Not authenticated',
  declined: 'Declined',
  rejected: 'Rejected',
  unavailable: 'Unavailable',
  challenge_abandoned: 'Challenge abandoned',
  expired: 'Expired',
  late_answer: 'An answer came too late to change anything',
  notice_without_effect: 'A notice without effect',
  out_of_turn: 'An answer out of turn',
  deadline_passed: 'The deadline passed',
  completion_requested: 'Completion requested',
  completed: 'Completed',
  upstream_completed: 'Completed at the upstream',
  retried: 'Retried by an operator as a new session',
  reproduced: 'Reproduced by an operator in the simulator',
  driven_on: 'Driven on by an operator',
  ended_by_operator: 'Ended by an operator',
  re_synced: 'Re-synced by an operator',
};

/** An event as people call it. */
export const eventWords = (type: string): string => EVENT_WORDS[type] ?? type.replaceAll('_', ' ');

/** Who acts through the admin API: operators and service accounts. */
export const OF_CONSOLE = /^(opr|sva)_/;

/** Whoever acted where their name is not told; undefined for whoever is neither of them. */
export function actorWords(actor: string): string | undefined {
  const [, kind] = OF_CONSOLE.exec(actor) ?? [];
  return kind && (kind === 'opr' ? 'an operator' : 'a service account');
}

/** What an open session waits for. */
export function waitsFor({ status, flow }: Pick<SessionStory, 'status' | 'flow'>): string {
  if (status === 'processing') return 'The issuer’s answer has not come yet.';
  if (status === 'challenged') return 'The cardholder is being challenged by the issuer.';
  return flow === 'hosted'
    ? 'The cardholder has not opened the page yet, or is still on it.'
    : 'The merchant has not sent the device data yet.';
}

/** Why a session is `unavailable`: where nobody said anything at all, nobody answered wrongly. */
export function unavailableWords({
  status_reason: reason,
  messages,
}: Pick<SessionStory, 'messages'> & { readonly status_reason: string | null }): string | null {
  if (reason === null) return null;
  const isAnswered = messages.some(({ direction, body, problem }) => direction === 'received' && isSaid(body, problem));
  return reason === 'ares_error' && !isAnswered ? UNANSWERED : wordFor(STATUS_REASON_WORDS, reason);
}

const UNANSWERED = 'Nobody answered the authentication request';

/** A status other than 2xx is an answer, also without a body that can be kept. */
const isSaid = (body: unknown, problem: string | null): boolean => body !== null || /^HTTP \d/.test(problem ?? '');

/** Why a session is `unavailable`. */
export const STATUS_REASON_WORDS: Readonly<Record<string, string>> = {
  ares_error: 'The authentication request was not answered as it must be',
  ares_status: 'The issuer could not authenticate',
  rreq_error: 'The result of the challenge carried an error',
  rreq_status: 'The issuer could not finish the challenge',
  risk_declined: 'Declined by the upstream’s risk rules',
};

/** What callbacks are about. */
export const CALLBACK_WORDS: Readonly<Record<string, string>> = {
  session_completed: 'Result of the session',
  session_retried: 'Retried by an operator',
};

/** Why a try at a callback did not deliver it. */
export const DELIVERY_PROBLEM_WORDS: Readonly<Record<string, string>> = {
  refused: 'no connection: nothing took it there',
  unresolvable: 'host not found',
  timeout: 'no answer in time',
  cut: 'connection cut',
  too_large: 'answer too large',
  invalid_url: 'no such address',
  forbidden_address: 'address not allowed',
  redirect: 'redirects are not followed',
  bad_status: 'not accepted',
  channel_missing: 'the channel is gone',
  not_prepared: 'could not be prepared',
};
