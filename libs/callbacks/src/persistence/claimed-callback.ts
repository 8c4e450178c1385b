/** What statements that claim messages and write tries down have in common. */
import type { Environment } from '@app/credentials';
import type { CallbackKind } from '../domain/callback-kind';
import type { CallbackPayload, ClaimedCallback, TryResult } from '../domain/callback-message';

/** How much may be claimed: in all, for one merchant, and what each has under way. */
export interface ClaimLimits {
  readonly limit: number;
  readonly share: number;
  readonly busy: ReadonlyMap<string, number>;
}

/** Of `callback_message AS message`. */
export const CLAIMED_COLUMNS = `message.id, merchant_id, environment, channel_id, session_id, kind, url, payload, tries, step,
  next_try_at, created_at, resend_at`;

export interface ClaimedRow {
  id: string;
  merchant_id: string;
  environment: Environment;
  channel_id: string;
  session_id: string;
  kind: CallbackKind;
  url: string;
  payload: CallbackPayload;
  tries: number;
  step: number;
  next_try_at: Date | null;
  created_at: Date;
  resend_at: Date | null;
}

/** Takes $1 to $6 of `deliveryValues`. */
export const INSERT_DELIVERY = `INSERT INTO callback_delivery (message_id, try, at, status, problem, latency_ms)
  VALUES ($1::uuid, $2::int, $3, $5::int, $6::text, $4)`;

/** One try at a message. */
export function deliveryValues(message: ClaimedCallback, result: TryResult, at: Date): unknown[] {
  return [message.id, message.try, at, Math.round(result.latencyMs), result.status, result.problem];
}

/** A row of `CLAIMED_COLUMNS`. */
export function claimedOf(row: ClaimedRow): ClaimedCallback {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    environment: row.environment,
    channelId: row.channel_id,
    sessionId: row.session_id,
    kind: row.kind,
    url: row.url,
    payload: row.payload,
    try: row.tries,
    step: row.step,
    nextTryAt: row.next_try_at,
    createdAt: row.created_at,
    isResend: row.resend_at !== null,
  };
}
