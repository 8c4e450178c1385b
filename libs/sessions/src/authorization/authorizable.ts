import { NotAllowed } from '@app/kernel';
import { isApproved } from '../domain/callback-payload';
import type { Session } from '../domain/session';
import { isFinal } from '../domain/session.machine';
import { readableUntil } from './result';

/**
 * Lets a session pass whose result may be taken to a payment gateway at `now`.
 * @throws NotAllowed `authentication_not_final`, `authentication_not_authorizable`, `authentication_data_expired`
 */
export function assertAuthorizable(session: Session, now: Date): void {
  if (!isFinal(session.status)) {
    throw new NotAllowed('authentication_not_final', 'The authentication has not ended');
  }
  if (!isApproved(session)) {
    throw new NotAllowed('authentication_not_authorizable', `A session that is ${session.status} does not authorize`);
  }
  if (now >= readableUntil(session)) throw dataExpired();
}

/** The result can be read no more: its time is over, or its authentication value has been wiped. */
export function dataExpired(): NotAllowed {
  return new NotAllowed('authentication_data_expired', 'The authentication value cannot be read any more');
}
