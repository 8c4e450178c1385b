/** How a session ends that nobody answers for any more: at its deadline, or because an operator says so. Pure. */
import type { ErrorFacts } from '@app/authentication-port';
import { move, type Cause, type Change } from './changes';
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
export function endUnanswered(session: Session, cause: Cause, line: { type: string }): Change {
  if (session.status !== 'processing') return move(session, 'deadlinePassed', cause, line);
  const { facts, progress } = session.attempt;
  const error = facts.error ?? (progress === 'asked' ? NO_ANSWER : undefined);
  const patch = error === undefined ? {} : { attempt: { facts: { ...facts, error } } };
  return move(session, 'deadlinePassed', cause, line, { ...patch, statusReason: 'ares_error' });
}
