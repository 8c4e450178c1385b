import type { TransStatus } from '@app/authentication-port';
import type { Session } from './session';
import { isFinal } from './session.machine';

/** Letters that end nothing. */
const NOT_FINAL: readonly TransStatus[] = ['C', 'D'];

/**
 * The letter of the answer as the merchant sees it (sessions-api.md section 6): U for all that is unavailable, error and
 * silence included; none for another final session that never got a final letter.
 */
export function responseCode({ status, attempt }: Pick<Session, 'status' | 'attempt'>): TransStatus | undefined {
  const { transStatus } = attempt.facts;
  if (status === 'unavailable') return 'U';
  return isFinal(status) && transStatus !== undefined && NOT_FINAL.includes(transStatus) ? undefined : transStatus;
}

/** Why, two digits: only beside a letter other than Y. */
export function responseReason(session: Pick<Session, 'status' | 'attempt'>): string | undefined {
  return responseCode(session) === 'Y' ? undefined : session.attempt.facts.transStatusReason;
}
