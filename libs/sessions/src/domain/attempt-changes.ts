/** How a try at a connector ends without an issuer's word, and how the next one begins. Pure. */
import { move, note, type Cause, type Change, type RefusedStep, type UnreachableStep } from './changes';
import type { Session, SessionEvent, StoredAttempt } from './session';

/** A session that was turned away while it was created: final, and never shown to the merchant, who is told why. */
export function turnAway(before: Session, step: RefusedStep, cause: Cause): Change {
  const facts: StoredAttempt['facts'] = { ...before.attempt.facts, error: step.cause };
  const data = { kind: step.kind, codes: step.codes, error: step.cause };
  const [refusalCode = 'unknown'] = step.codes;
  return move(
    before,
    'unavailable',
    cause,
    { type: 'refused', data },
    { statusReason: 'ares_error', refusalCode, cardRetentionMinutes: 0, attempt: { facts } },
    step.exchanges,
  );
}

/** What the merchant said was turned away: the session waits for it again, as it did before. */
export function turnBack(current: Session, step: RefusedStep, cause: Cause, before: Session): Change {
  const line = { type: 'refused', data: { kind: step.kind, codes: step.codes, error: step.cause } };
  const { device, deviceChannel, scopeChannel, methodCompletion } = before;
  const patch = { device, deviceChannel, scopeChannel, methodCompletion };
  if (current.status === 'pending') return note(current, cause, line, patch, step.exchanges);
  const trigger = device === null ? 'dataRequired' : 'methodRequired';
  const { progress } = before.attempt;
  return move(current, trigger, cause, line, { ...patch, attempt: { progress } }, step.exchanges, cause.pendingUntil);
}

/** Nobody was reached and no issuer can have seen anything: this try is over, another connector takes the next. */
export function abandonAttempt(
  before: Session,
  step: UnreachableStep,
  cause: Cause,
  story: SessionEvent['data'],
): Change {
  const facts: StoredAttempt['facts'] = { ...before.attempt.facts, error: step.cause };
  const line = { type: 'attempt_failed', data: { ...story, error: step.cause, issuerMayHaveSeen: false } };
  return note(before, cause, line, { attempt: { facts, progress: 'settled' } }, step.exchanges);
}

/** The next try of a session: asked at once, or waiting for the merchant where the 3DS Method must have its turn. */
export function beginAttempt(before: Session, attempt: StoredAttempt, asks: boolean, cause: Cause): Change {
  const planned = { ...before, attempt };
  const line = { type: 'attempt_planned', data: { connector: attempt.connector } };
  if (before.status === 'pending') return note(planned, cause, line);
  if (asks) return note(planned, cause, line, { attempt: { progress: 'asked' } });
  const patch = { methodCompletion: null, attempt: { progress: 'planned' as const } };
  return move(planned, 'methodRequired', cause, line, patch, [], cause.pendingUntil);
}
