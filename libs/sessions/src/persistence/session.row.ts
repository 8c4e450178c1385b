import type { AttemptProgress, BrowserData, DeviceData, Environment } from '@app/authentication-port';
import type { Scheme } from '@app/kernel';
import type {
  CompletedBy,
  DeviceChannel,
  Flow,
  MethodCompletion,
  ScopeChannel,
  Session,
  StatusReason,
} from '../domain/session';
import type { SessionStatus } from '../domain/session.machine';

/** A session joined with its present attempt, as the driver gives it. */
export interface SessionRow {
  id: string;
  merchant_id: string;
  channel_id: string;
  access_key_id: string;
  environment: Environment;
  status: SessionStatus;
  status_reason: StatusReason | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  deadline_at: Date | null;
  final_at: Date | null;
  completed_at: Date | null;
  completed_by: CompletedBy | null;
  flow: Flow;
  device_channel: DeviceChannel | null;
  scope_channel: ScopeChannel | null;
  amount_minor: string;
  currency: string;
  reference: string | null;
  details: Session['details'];
  browser: BrowserData | null;
  device: Exclude<DeviceData, { channel: 'browser' }> | null;
  method_completion: MethodCompletion | null;
  callback_url: string | null;
  challenge_notification_url: string | null;
  success_url: string | null;
  failure_url: string | null;
  secret_hash: Buffer;
  secret_sealed: Buffer;
  scheme: Scheme;
  bin: string | null;
  last_four: string | null;
  card_fingerprint: string | null;
  card_fingerprint_key_version: number | null;
  instrument_id: string | null;
  card_retention_minutes: number;
  challenged: boolean | null;
  retry_of: string | null;
  life_minutes: number | null;
  refusal_code: string | null;
  inquire_at: Date | null;
  attempt_number: number;
  event_seq: number;
  exchange_seq: number;
  connector: string;
  protocol_version: string;
  transaction_id: string;
  method_url: string | null;
  directory_server_id: string;
  starts_at: Session['attempt']['startsAt'];
  correlation_key: string | null;
  progress: AttemptProgress;
  state: Session['attempt']['state'];
  facts: Session['attempt']['facts'];
  authentication_value_sealed: Buffer | null;
  authentication_value_expires_at: Date | null;
}

/** The columns of `SessionRow`, of tables `s` (session) and `a` (attempt). */
export const SESSION_SELECT = `s.id, s.merchant_id, s.channel_id, s.access_key_id, s.environment, s.status, s.status_reason,
  s.version, s.created_at, s.updated_at, s.deadline_at, s.final_at, s.completed_at, s.completed_by, s.flow,
  s.device_channel, s.scope_channel, s.amount_minor, s.currency, s.reference, s.details, s.browser, s.device,
  s.method_completion,
  s.callback_url, s.challenge_notification_url, s.success_url, s.failure_url, s.secret_hash, s.secret_sealed, s.scheme, s.bin, s.last_four,
  s.card_fingerprint, s.card_fingerprint_key_version, s.instrument_id, s.card_retention_minutes, s.challenged, s.retry_of, s.life_minutes, s.refusal_code, s.inquire_at, s.attempt_number, s.event_seq, s.exchange_seq,
  a.connector, a.protocol_version, a.transaction_id, a.method_url, a.directory_server_id, a.starts_at, a.correlation_key, a.progress, a.state, a.facts,
  a.authentication_value_sealed, a.authentication_value_expires_at`;

/** Row to domain object. */
export function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    channelId: row.channel_id,
    accessKeyId: row.access_key_id,
    environment: row.environment,
    status: row.status,
    statusReason: row.status_reason,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deadlineAt: row.deadline_at,
    finalAt: row.final_at,
    completedAt: row.completed_at,
    completedBy: row.completed_by,
    flow: row.flow,
    deviceChannel: row.device_channel,
    scopeChannel: row.scope_channel,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
    reference: row.reference,
    details: row.details,
    device: row.browser === null ? row.device : { channel: 'browser', browser: row.browser },
    methodCompletion: row.method_completion,
    callbackUrl: row.callback_url,
    challengeNotificationUrl: row.challenge_notification_url,
    returnUrls: returnUrlsOf(row),
    secretHash: row.secret_hash,
    secretSealed: row.secret_sealed,
    bin: row.bin,
    lastFour: row.last_four,
    cardFingerprint: row.card_fingerprint,
    cardFingerprintKeyVersion: row.card_fingerprint_key_version,
    instrumentId: row.instrument_id,
    cardRetentionMinutes: row.card_retention_minutes,
    challenged: row.challenged,
    retryOf: row.retry_of,
    lifeMinutes: row.life_minutes,
    refusalCode: row.refusal_code,
    inquireAt: row.inquire_at,
    eventSeq: row.event_seq,
    exchangeSeq: row.exchange_seq,
    attempt: {
      number: row.attempt_number,
      connector: row.connector,
      scheme: row.scheme,
      protocolVersion: row.protocol_version,
      transactionId: row.transaction_id,
      methodUrl: row.method_url,
      directoryServerId: row.directory_server_id,
      startsAt: row.starts_at,
      correlationKey: row.correlation_key,
      progress: row.progress,
      state: row.state,
      facts: row.facts,
      authenticationValueSealed: row.authentication_value_sealed,
      authenticationValueExpiresAt: row.authentication_value_expires_at,
    },
  };
}

function returnUrlsOf({ success_url: success, failure_url: failure }: SessionRow): Session['returnUrls'] {
  return success === null || failure === null ? null : { success, failure };
}
