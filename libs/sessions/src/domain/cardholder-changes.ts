/** What a cardholder can end at our page, true to the protocol (emv-3ds.md section 1.3). Pure. */
import type { Step } from '@app/authentication-port';
import { move, type Cause, type Change } from './changes';
import type { Session } from './session';

/** The cardholder left before anything was asked of the issuer: nobody has to be told. */
export function leaveSession(before: Session, cause: Cause): Change {
  const facts = { ...before.attempt.facts, cancelled: 'before_request' as const };
  return move(before, 'cardholderLeft', cause, { type: 'cancelled' }, { attempt: { facts } });
}

/**
 * The cardholder does not take the challenge on that the issuer asks for, and its page was never shown: the issuer's own
 * result comes later, is told so (`step` is what the connector remembers for that) and changes nothing.
 */
export function declineChallenge(before: Session, step: Step, cause: Cause): Change {
  const facts = { ...before.attempt.facts, cancelled: 'before_challenge' as const };
  const remembered = 'state' in step ? { state: step.state } : {};
  const patch = { attempt: { facts, ...remembered } };
  return move(before, 'challengeDeclined', cause, { type: 'challenge_declined' }, patch, step.exchanges);
}
