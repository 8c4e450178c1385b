/** The events of an authentication as webhook bodies (sessions-api.md section 8). Pure. */
import { createHmac } from 'node:crypto';
import { encodeId, newUuidV7 } from '@app/kernel';
import { xidOf } from './presenter';
import type { Json, UpstreamSession, UpstreamStatus } from './session';

export type EventType =
  | 'authentication_started'
  | 'authentication_approved'
  | 'authentication_attempted'
  | 'authentication_failed'
  | 'authentication_expired';

/** An event, ready to be sent. */
export interface UpstreamEvent {
  readonly id: string;
  readonly type: EventType;
  readonly sessionId: string;
  readonly clientId: string;
  readonly body: string;
}

const FAILED = 'authentication_failed';

const REASONS: Partial<Record<UpstreamStatus, readonly [reason: string, description: string]>> = {
  declined: ['Declined', 'Authentication Declined'],
  rejected: ['Rejected', 'Authentication Rejected'],
  unavailable: ['Unavailable', 'Authentication Unavailable'],
  challenge_abandoned: ['ChallengeAbandoned', 'Challenge abandoned by the cardholder'],
  expired: ['Expired', 'Authentication Expired'],
};

/** The event that tells a session's end; a challenge that timed out is an expiry. */
export function endTypeOf(session: UpstreamSession): EventType {
  const { status } = session.outcome;
  if (status === 'approved' || status === 'attempted') return `authentication_${status}`;
  return status === 'expired' || isTimedOut(session) ? 'authentication_expired' : FAILED;
}

/** An event about a session as it stands. `base` is the address of `/upstream`. */
export function makeEvent(type: EventType, session: UpstreamSession, base: string, now: Date): UpstreamEvent {
  const id = encodeId('event', newUuidV7(now));
  const body = {
    id,
    type,
    version: '1.0.1',
    created_on: now.toISOString(),
    data: dataOf(type, session),
    _links: { self: { href: `${base}/workflows/events/${id}` } },
  };
  return { id, type, sessionId: session.id, clientId: session.clientId, body: JSON.stringify(body) };
}

/** The known defect of real `authentication_failed` bodies: the opening of `data` is missing, a stray character stands there. */
export function malform(body: string): string {
  return body.replace('"data":{', '\uFFFD');
}

/** `Cko-Signature`: hexadecimal HMAC-SHA256 of the raw body. */
export function signatureOf(body: string, key: string): string {
  return createHmac('sha256', key).update(body).digest('hex');
}

function isTimedOut({ outcome }: UpstreamSession): boolean {
  return outcome.status === 'challenge_abandoned' && outcome.responseStatusReason === '14';
}

/** `reason` comes first where there is one: the known defect is known in this order. */
function dataOf(type: EventType, session: UpstreamSession): Json {
  const { request, outcome } = session;
  const started = type === 'authentication_started';
  const timedOut = isTimedOut(session);
  const [reason, description] = timedOut ? ['ChallengeExpired', 'ACS timed out'] : (REASONS[outcome.status] ?? []);
  const failed = type === FAILED || type === 'authentication_expired';
  const data: Record<string, unknown> = {
    ...(failed
      ? { reason, reason_description: description, transaction_status_reason: outcome.statusReason ?? 'ares_status' }
      : {}),
    session_id: session.id,
    payment_id: `pay_${session.id.slice(4)}`,
    amount: String((request['amount'] as number | undefined) ?? 0),
    currency: request['currency'],
    type: request['authentication_type'] ?? 'regular',
    reference: request['reference'],
    scheme: session.scheme,
    protocol_version: '2.2.0',
    challenge_indicator: request['challenge_indicator'] ?? 'no_preference',
    response_code: outcome.responseCode,
  };
  if (started) return data;
  return {
    ...data,
    experience: '3ds',
    '3ds_transaction_id': session.transactionId,
    ds_transaction_id: session.dsTransactionId,
    acs_transaction_id: session.acsTransactionId,
    eci: outcome.eci,
    ...(failed ? {} : { xid: xidOf(session) }),
    ...(type === 'authentication_attempted'
      ? {}
      : {
          challenged: outcome.challenged ?? false,
          acs_challenged_mandated: outcome.acs?.['challenge_mandated'] ?? false,
          exemption_applied: 'none',
        }),
    ...(type === FAILED ? { error_details: outcome.threeDs?.['error_details'] } : {}),
  };
}
