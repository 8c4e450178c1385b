/** How a session ends that nobody answers for any more: at its deadline, or because an operator says so. Pure. */
import type { ErrorFacts } from '@app/authentication-port';
import { move, type Cause, type Change } from './changes';
import type { KnownFacts } from './facts';
import type { Session } from './session';

/** What a connector says of silence (emv-3ds.md section 4.1), said for one that died while it waited. */
const NO_ANSWER: ErrorFacts = {
  code: '402',
  component: 'S',
  description: 'Transaction timed out',
  detail: 'No answer was stored before the deadline',
  messageType: 'ARes',
};

/**
 * Ends a session that is not final as the table says: nothing asked: expired; asked, and no answer: unavailable with a reason;
 * challenged: abandoned. `line` is what the story says of it.
 * @throws NotAllowed when the session is final
 */
export function endUnanswered(
  session: Session,
  cause: Cause,
  line: { type: string },
  learned: KnownFacts = {},
): Change {
  const { progress } = session.attempt;
  const facts = { ...session.attempt.facts, ...learned };
  if (session.status !== 'processing') return move(session, 'deadlinePassed', cause, line, { attempt: { facts } });
  const error = facts.error ?? (progress === 'asked' ? NO_ANSWER : undefined);
  const attempt = { facts: { ...facts, ...(error === undefined ? {} : { error }) } };
  return move(session, 'deadlinePassed', cause, line, { attempt, statusReason: 'ares_error' });
}

/** The same, because an operator says so: the verdict must not lay it at the cardholder's door. */
export const endByOperator = (session: Session, cause: Cause): Change =>
  endUnanswered(session, cause, { type: 'ended_by_operator' }, { endedByOperator: true });
