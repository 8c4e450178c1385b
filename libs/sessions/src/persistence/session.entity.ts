import { bigintAsNumber } from '@app/platform';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

const STATUSES = `'pending','processing','challenged','approved','attempted','declined','rejected','unavailable','challenge_abandoned','expired'`;

/** A session. Partitioned by month of its id, which is also its time. */
@Entity('session')
@Check('ck_session_status', `status IN (${STATUSES})`)
@Check('ck_session_environment', `environment IN ('test','live')`)
@Check('ck_session_final', `(final_at IS NULL) = (status IN ('pending','processing','challenged'))`)
@Check('ck_session_deadline', `(deadline_at IS NULL) = (final_at IS NOT NULL)`)
@Check(
  'ck_session_hosted',
  `(flow = 'hosted') = (success_url IS NOT NULL) AND (success_url IS NULL) = (failure_url IS NULL)`,
)
@Check('ck_session_liability_shift', `liability_shift IN ('yes', 'no', 'unknown')`)
@Check('ck_session_life', 'life_minutes BETWEEN 60 AND 10080')
@Index('ix_session_merchant', ['merchantId', 'id'])
@Index('ix_session_reference', ['reference', 'id'], { where: 'reference IS NOT NULL' })
@Index('ix_session_last_four', ['lastFour', 'id'], { where: 'last_four IS NOT NULL' })
@Index('ix_session_bin', ['bin', 'id'], { where: 'bin IS NOT NULL' })
@Index('ix_session_acs', ['acsReference', 'id'], { where: 'acs_reference IS NOT NULL' })
@Index('ix_session_trans_status_reason', ['transStatusReason', 'id'], { where: 'trans_status_reason IS NOT NULL' })
@Index('ix_session_non_payment', ['id'], { where: 'is_non_payment' })
@Index('ix_session_without_card', ['id'], { where: 'scheme IS NULL OR bin IS NULL' })
@Index('ix_session_failed', ['status', 'id'], {
  where: `status IN ('declined','rejected','unavailable','challenge_abandoned','expired')`,
})
@Index('ix_session_refused', ['id'], { where: 'refusal_code IS NOT NULL' })
@Index('ix_session_retry_of', ['retryOf'], { where: 'retry_of IS NOT NULL' })
@Index('ix_session_summary', { synchronize: false })
@Index('ix_session_inquire', ['merchantId', 'inquireAt'], { where: 'inquire_at IS NOT NULL' })
@Index('ix_session_deadline', ['deadlineAt'], { where: 'deadline_at IS NOT NULL' })
export class SessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_session' })
  id: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('uuid', { name: 'channel_id' })
  channelId: string;

  @Column('uuid', { name: 'access_key_id' })
  accessKeyId: string;

  @Column('text')
  environment: string;

  @Column('text')
  status: string;

  @Column('text', { name: 'status_reason', nullable: true })
  statusReason: string | null;

  @Column('int')
  version: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'deadline_at', nullable: true })
  deadlineAt: Date | null;

  @Column('timestamptz', { name: 'final_at', nullable: true })
  finalAt: Date | null;

  @Column('timestamptz', { name: 'completed_at', nullable: true })
  completedAt: Date | null;

  @Column('text', { name: 'completed_by', nullable: true })
  completedBy: string | null;

  @Column('text')
  flow: string;

  @Column('text', { name: 'device_channel', nullable: true })
  deviceChannel: string | null;

  @Column('text', { name: 'scope_channel', nullable: true })
  scopeChannel: string | null;

  @Column('bigint', { name: 'amount_minor', transformer: bigintAsNumber })
  amountMinor: number;

  @Column('text')
  currency: string;

  @Column('text', { nullable: true })
  reference: string | null;

  @Column('jsonb')
  details: object;

  @Column('jsonb', { nullable: true })
  browser: object | null;

  /** Device data of other channels than the browser. */
  @Column('jsonb', { nullable: true })
  device: object | null;

  @Column('text', { name: 'method_completion', nullable: true })
  methodCompletion: string | null;

  @Column('text', { name: 'callback_url', nullable: true })
  callbackUrl: string | null;

  @Column('text', { name: 'challenge_notification_url', nullable: true })
  challengeNotificationUrl: string | null;

  @Column('text', { name: 'success_url', nullable: true })
  successUrl: string | null;

  @Column('text', { name: 'failure_url', nullable: true })
  failureUrl: string | null;

  @Column('bytea', { name: 'secret_hash' })
  secretHash: Buffer;

  @Column('bytea', { name: 'secret_sealed' })
  secretSealed: Buffer;

  /** Null where a card was turned away before anybody knew whose it is. */
  @Column('text', { nullable: true })
  scheme: string | null;

  @Column('text', { nullable: true })
  bin: string | null;

  @Column('text', { name: 'last_four', nullable: true })
  lastFour: string | null;

  @Column('text', { name: 'card_fingerprint', nullable: true })
  cardFingerprint: string | null;

  /** Fingerprints compare within one merchant and key version. */
  @Column('int', { name: 'card_fingerprint_key_version', nullable: true })
  cardFingerprintKeyVersion: number | null;

  /** The kept card that it is of, where it is one. */
  @Column('uuid', { name: 'instrument_id', nullable: true })
  instrumentId: string | null;

  @Column('int', { name: 'card_retention_minutes' })
  cardRetentionMinutes: number;

  /** What `details` say of the category. */
  @Column('boolean', { name: 'is_non_payment', default: false })
  isNonPayment: boolean;

  @Column('text', { name: 'trans_status', nullable: true })
  transStatus: string | null;

  @Column('text', { name: 'trans_status_reason', nullable: true })
  transStatusReason: string | null;

  @Column('text', { name: 'acs_reference', nullable: true })
  acsReference: string | null;

  /** Of the verdict, once it is final. */
  @Column('text', { name: 'liability_shift', nullable: true })
  liabilityShift: string | null;

  @Column('text', { name: 'refusal_code', nullable: true })
  refusalCode: string | null;

  @Column('boolean', { nullable: true })
  challenged: boolean | null;

  /** The session in whose place an operator made it. */
  @Column('uuid', { name: 'retry_of', nullable: true })
  retryOf: string | null;

  /** How long its link lives, where that is not for its channel to say. */
  @Column('int', { name: 'life_minutes', nullable: true })
  lifeMinutes: number | null;

  /** When the connector is asked what became of it; null: not at all. */
  @Column('timestamptz', { name: 'inquire_at', nullable: true })
  inquireAt: Date | null;

  @Column('int', { name: 'attempt_number' })
  attemptNumber: number;

  @Column('int', { name: 'event_seq' })
  eventSeq: number;

  @Column('int', { name: 'exchange_seq' })
  exchangeSeq: number;
}
