import { keptDevice } from '../domain/device';
import type { Session, StoredAttempt } from '../domain/session';
import { verdictOf } from '../domain/verdict';

/** A column, its SQL type, and how its value is read off the domain object. */
export type Column<T> = readonly [name: string, type: string, value: (item: T) => unknown];

/** What never changes after creation. */
export const SESSION_FIXED: readonly Column<Session>[] = [
  ['id', 'uuid', (s) => s.id],
  ['merchant_id', 'uuid', (s) => s.merchantId],
  ['channel_id', 'uuid', (s) => s.channelId],
  ['access_key_id', 'uuid', (s) => s.accessKeyId],
  ['environment', 'text', (s) => s.environment],
  ['created_at', 'timestamptz', (s) => s.createdAt],
  ['flow', 'text', (s) => s.flow],
  ['amount_minor', 'bigint', (s) => s.amountMinor],
  ['currency', 'text', (s) => s.currency],
  ['reference', 'text', (s) => s.reference],
  ['details', 'jsonb', (s) => s.details],
  ['is_non_payment', 'boolean', (s) => s.details.purchase.authenticationCategory === 'non_payment'],
  ['callback_url', 'text', (s) => s.callbackUrl],
  ['challenge_notification_url', 'text', (s) => s.challengeNotificationUrl],
  ['success_url', 'text', (s) => s.returnUrls?.success ?? null],
  ['failure_url', 'text', (s) => s.returnUrls?.failure ?? null],
  ['secret_hash', 'bytea', (s) => s.secretHash],
  ['secret_sealed', 'bytea', (s) => s.secretSealed],
  ['bin', 'text', (s) => s.bin],
  ['last_four', 'text', (s) => s.lastFour],
  ['card_fingerprint', 'text', (s) => s.cardFingerprint],
  ['card_fingerprint_key_version', 'int', (s) => s.cardFingerprintKeyVersion],
  ['instrument_id', 'uuid', (s) => s.instrumentId],
  ['card_retention_minutes', 'int', (s) => s.cardRetentionMinutes],
  ['retry_of', 'uuid', (s) => s.retryOf],
  ['life_minutes', 'int', (s) => s.lifeMinutes],
];

/** What a change may touch; `version` guards them all. */
export const SESSION_MUTABLE: readonly Column<Session>[] = [
  ['status', 'text', (s) => s.status],
  ['status_reason', 'text', (s) => s.statusReason],
  ['version', 'int', (s) => s.version],
  ['updated_at', 'timestamptz', (s) => s.updatedAt],
  ['deadline_at', 'timestamptz', (s) => s.deadlineAt],
  ['final_at', 'timestamptz', (s) => s.finalAt],
  ['completed_at', 'timestamptz', (s) => s.completedAt],
  ['completed_by', 'text', (s) => s.completedBy],
  ['device_channel', 'text', (s) => s.deviceChannel],
  ['scope_channel', 'text', (s) => s.scopeChannel],
  ['browser', 'jsonb', (s) => (s.device?.channel === 'browser' ? s.device.browser : null)],
  ['device', 'jsonb', (s) => (s.device?.channel === 'browser' ? null : keptDevice(s))],
  ['method_completion', 'text', (s) => s.methodCompletion],
  ['trans_status', 'text', (s) => s.attempt.facts.transStatus ?? null],
  ['trans_status_reason', 'text', (s) => s.attempt.facts.transStatusReason ?? null],
  ['acs_reference', 'text', (s) => s.attempt.facts.acs?.referenceNumber ?? null],
  // Of what was turned away there is nothing to judge.
  ['liability_shift', 'text', (s) => (s.refusalCode === null ? (verdictOf(s)?.liabilityShift ?? null) : null)],
  ['challenged', 'boolean', (s) => s.challenged],
  ['scheme', 'text', (s) => s.attempt.scheme],
  ['refusal_code', 'text', (s) => s.refusalCode],
  ['inquire_at', 'timestamptz', (s) => s.inquireAt],
  ['attempt_number', 'int', (s) => s.attempt.number],
  ['event_seq', 'int', (s) => s.eventSeq],
  ['exchange_seq', 'int', (s) => s.exchangeSeq],
];

export const ATTEMPT_FIXED: readonly Column<StoredAttempt>[] = [
  ['number', 'int', (a) => a.number],
  ['connector', 'text', (a) => a.connector],
  ['starts_at', 'text', (a) => a.startsAt],
  ['correlation_key', 'text', (a) => a.correlationKey],
];

export const ATTEMPT_MUTABLE: readonly Column<StoredAttempt>[] = [
  ['scheme', 'text', (a) => a.scheme],
  ['protocol_version', 'text', (a) => a.protocolVersion],
  ['transaction_id', 'uuid', (a) => a.transactionId],
  ['method_url', 'text', (a) => a.methodUrl],
  ['directory_server_id', 'text', (a) => a.directoryServerId],
  ['progress', 'text', (a) => a.progress],
  ['state', 'jsonb', (a) => a.state],
  ['facts', 'jsonb', (a) => a.facts],
  ['authentication_value_sealed', 'bytea', (a) => a.authenticationValueSealed],
  ['authentication_value_expires_at', 'timestamptz', (a) => a.authenticationValueExpiresAt],
];
