import { encodeId } from '@app/kernel';
import { responseCode, responseReason } from './response-code';
import type { Session } from './session';

/** The callback body of a final session (sessions-api.md section 7.1), without authentication value: added when sent. */
export function callbackPayload(session: Session): Record<string, unknown> {
  const { facts } = session.attempt;
  const reason = responseReason(session);
  const payload = {
    session_id: encodeId('session', session.id),
    amount: session.amountMinor,
    currency: session.currency,
    status: session.status,
    approved: isApproved(session),
    challenged: session.challenged ?? false,
    authentication_type: session.details.purchase.authenticationType,
    authentication_category: session.details.purchase.authenticationCategory,
    reference: session.reference ?? undefined,
    protocol_version: session.attempt.protocolVersion,
    response_code: responseCode(session),
    response_reason: reason,
    response_status_reason: reason,
    cardholder_info: facts.cardholderInfo,
    retry_of: retryOf(session),
  };
  return withoutAbsent(payload);
}

/** The callback body of a session that has just been made in the place of another one: it has no result yet. */
export function retriedPayload(session: Session): Record<string, unknown> {
  return withoutAbsent({
    session_id: encodeId('session', session.id),
    retry_of: retryOf(session),
    amount: session.amountMinor,
    currency: session.currency,
    status: session.status,
    // Whoever takes it for a result must not take it for a good one.
    approved: false,
    challenged: false,
    authentication_type: session.details.purchase.authenticationType,
    authentication_category: session.details.purchase.authenticationCategory,
    reference: session.reference ?? undefined,
  });
}

const retryOf = (session: Session): string | undefined =>
  session.retryOf === null ? undefined : encodeId('session', session.retryOf);

const withoutAbsent = (payload: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));

/** True for the two statuses that a merchant may take as authenticated (choices, `approved`). */
export function isApproved(session: Pick<Session, 'status'>): boolean {
  return session.status === 'approved' || session.status === 'attempted';
}
