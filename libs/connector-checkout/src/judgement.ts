/** What an answer of the upstream means for what was asked of it (sessions-api.md sections 2 and 9). Pure. */
import type { ErrorFacts, Step } from '@app/authentication-port';
import type { OutboundFailureReason } from '@app/platform';
import { readError, readSession, type UpstreamError, type UpstreamSession } from './checkout.wire';
import { toOurCodes } from './error-codes';
import { VERBS, type Verb } from './verbs';

/** An answer of any status, or why there is none. */
export type UpstreamReply =
  | { outcome: 'answered'; status: number; json: unknown }
  | {
      outcome: 'failed';
      reason: OutboundFailureReason | 'no_token' | 'left_alone' | 'no_room' | 'no_account';
      /** In a word or two. */
      detail: string;
      /** False only when nothing can have reached the other side. */
      requestSent: boolean;
    };

/** What became of a call. */
export type Judgement =
  | { is: 'session'; session: UpstreamSession }
  /** Done, and nothing more is told. */
  | { is: 'done' }
  /** Turned away, and the merchant can do something about it. */
  | { is: 'refused'; kind: Extract<Step, { next: 'refused' }>['kind']; codes: readonly string[]; cause: ErrorFacts }
  /** The session there is in another state than we thought, or busy: only reading it tells. */
  | { is: 'other_state'; cause: ErrorFacts; mayBeUnderWay?: true }
  /** Nothing was done: nothing can have reached an issuer. */
  | { is: 'not_done'; cause: ErrorFacts }
  /** The issuer's side failed, and the upstream says so: nothing more is to come. */
  | { is: 'issuer_failed'; cause: ErrorFacts }
  /** It may have been done or not; `mayBeUnderWay`: or be done yet, so that what is read now may be from before. */
  | { is: 'unknown'; cause: ErrorFacts; mayBeUnderWay?: true };

/** Codes of 403 that speak of the account or the upstream itself: another connector may do better. */
const NOT_ABOUT_THE_REQUEST: ReadonlySet<string> = new Set([
  'operation_not_allowed',
  'operation_not_allowed_for_scope',
  'processing_channel_disabled',
  'processing_channel_id_invalid',
  'no_processor_configured_for_card_scheme',
  'vault_not_configured_for_processing_channel',
  'scheme_outage',
  'unauthorized',
]);

type ByStatus = (verb: Verb, error: UpstreamError, status: number) => Judgement;

const notDone: ByStatus = (_verb, error, status) => ({ is: 'not_done', cause: causeOf(status, error) });
const unknown: ByStatus = (_verb, error, status) => ({ is: 'unknown', cause: causeOf(status, error) });
const gaveUp: ByStatus = (_verb, error, status) => {
  return { is: 'unknown', cause: causeOf(status, error), mayBeUnderWay: true };
};

/** A status that is not here: 4xx was not done, anything else may have been. */
const ERRORS: Readonly<Record<number, ByStatus>> = {
  403: (_verb, error, status) => {
    const cause = causeOf(status, error);
    if (error.codes.includes('update_not_allowed_due_to_state')) return { is: 'other_state', cause };
    if (error.codes.includes('ds_error')) return { is: 'issuer_failed', cause };
    const codes = error.codes.filter((code) => !NOT_ABOUT_THE_REQUEST.has(code));
    return codes.length === 0 ? { is: 'not_done', cause } : { is: 'refused', kind: 'not_allowed', codes, cause };
  },
  408: gaveUp,
  409: (verb, error, status) => {
    const cause = causeOf(status, error);
    // A creation meets no session that could be busy.
    return VERBS[verb].path === '/sessions'
      ? { is: 'not_done', cause }
      : { is: 'other_state', cause, mayBeUnderWay: true };
  },
  422: (_verb, error, status) => {
    const cause = causeOf(status, error);
    const { codes, oursOnly } = toOurCodes(error.codes);
    return oursOnly ? { is: 'not_done', cause } : { is: 'refused', kind: 'invalid', codes, cause };
  },
  501: notDone,
  // A gateway that did not wait for the end.
  502: gaveUp,
  504: gaveUp,
};

/** Reads a reply. A 2xx that is not what the verb gives is not understood: it may have been done. */
export function judge(verb: Verb, reply: UpstreamReply): Judgement {
  if (reply.outcome === 'failed') {
    const cause = failureCause(reply.reason, reply.detail);
    return reply.requestSent ? { is: 'unknown', cause, mayBeUnderWay: true } : { is: 'not_done', cause };
  }
  const { status, json } = reply;
  if (status >= 200 && status <= 299) return judgeSuccess(verb, status, json);
  const byStatus = ERRORS[status] ?? (status >= 400 && status <= 499 ? notDone : unknown);
  return byStatus(verb, readError(json), status);
}

function judgeSuccess(verb: Verb, status: number, json: unknown): Judgement {
  if (verb === 'complete') return { is: 'done' };
  const session = readSession(json);
  if (session) return { is: 'session', session };
  return { is: 'unknown', cause: { ...LINK_FAILED, code: '101', detail: `HTTP ${status}, not a session` } };
}

/** Our own words for a failed call, in the fields of an EMV error message (emv-3ds.md section 2.10). */
const LINK_FAILED: ErrorFacts = { code: '405', component: 'S', description: 'System connection failure', detail: '' };

const NAMES: Partial<Record<Extract<UpstreamReply, { outcome: 'failed' }>['reason'], ErrorFacts>> = {
  timeout: { ...LINK_FAILED, code: '402', description: 'Transaction timed out' },
};

function failureCause(reason: Extract<UpstreamReply, { outcome: 'failed' }>['reason'], detail: string): ErrorFacts {
  return { ...(NAMES[reason] ?? LINK_FAILED), detail: `Upstream: ${detail}` };
}

function causeOf(status: number, { type, codes, requestId }: UpstreamError): ErrorFacts {
  const words = [`HTTP ${status}`, type, ...codes.slice(0, 10)];
  return {
    ...LINK_FAILED,
    detail: `${words.join(' ')}${requestId === undefined ? '' : ` (request ${requestId})`}`,
  };
}
