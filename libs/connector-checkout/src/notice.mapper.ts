/** From a stored notice to what it changes: nothing is believed, the upstream is asked. Pure. */
import type { Exchange, LearnedStep, MaskedNotice, NoticeAnswer, StartedAttempt } from '@app/authentication-port';
import { sessionKey, stateWith, type CheckoutState } from './response.mapper';

/** A notice as the inbox keeps it. */
export interface CheckoutNotice {
  kind: 'webhook' | 'callback';
  /** `sid_…` there, where it was told. */
  upstreamId?: string;
  body: MaskedNotice;
}

/** The upstream retries what is not acknowledged; it has no use for a body. */
export const ACKNOWLEDGED: NoticeAnswer = { status: 200, contentType: 'application/json; charset=utf-8', body: '{}' };

/** Adopts the id that the notice told, and wants the session to be asked for. Makes no network call. */
export function noticeStep(attempt: StartedAttempt, notice: MaskedNotice, at: Date): LearnedStep {
  const { kind, upstreamId, body } = notice as unknown as CheckoutNotice;
  const state: CheckoutState = attempt.state;
  const received: Exchange = { direction: 'received', messageType: kind, at, body };
  const step = {
    next: 'waiting',
    state: attempt.state,
    facts: {},
    exchanges: [received],
    answer: ACKNOWLEDGED,
  } as const;
  // What was only told may be told better.
  const known = state.hearsay ? undefined : state.upstreamId;
  const isOfAnother = upstreamId !== undefined && known !== undefined && upstreamId !== known;
  if (attempt.progress === 'settled' || isOfAnother) return { ...step, effective: false };
  if (upstreamId === undefined || known !== undefined) return { ...step, inquire: true, effective: true };
  return {
    ...step,
    state: stateWith(attempt.state, { upstreamId, hearsay: true }),
    correlationKeys: [sessionKey(upstreamId)],
    inquire: true,
    effective: true,
  };
}
