import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('upstream_token')
@Index('ix_upstream_token_renew_at', ['renewAt'])
@Index('ix_upstream_token_account', ['accountId'])
@Check(
  'ck_upstream_token_token',
  `(sealed IS NULL) = (sequence IS NULL) AND (sealed IS NULL) = (issued_at IS NULL) AND (sealed IS NULL) = (expires_at IS NULL)`,
)
export class UpstreamTokenEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_upstream_token' })
  key: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('int', { name: 'credential_version' })
  credentialVersion: number;

  @Column('text', { array: true })
  scopes: string[];

  @Column('text', { nullable: true })
  audience: string | null;

  @Column('bigint')
  version: string;

  @Column('bigint')
  fence: string;

  @Column('timestamptz', { name: 'claimed_until', nullable: true })
  claimedUntil: Date | null;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;

  @Column('bigint', { nullable: true })
  sequence: string | null;

  @Column('timestamptz', { name: 'issued_at', nullable: true })
  issuedAt: Date | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'renew_at' })
  renewAt: Date;

  @Column('timestamptz', { name: 'in_use_until' })
  inUseUntil: Date;

  @Column('int', { name: 'life_ms', nullable: true })
  lifeMs: number | null;

  @Column('text', { name: 'refusal_code', nullable: true })
  refusalCode: string | null;

  @Column('int', { default: 0 })
  failures: number;

  @Column('text', { name: 'failure_cause', nullable: true })
  failureCause: string | null;

  @Column('int', { default: 0 })
  rejections: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** The process that fetches, or fetched last. */
  @Column('text', { nullable: true })
  holder: string | null;

  /** Begun, by any process: what died on the way is counted, too. */
  @Column('bigint', { default: 0 })
  fetches: string;

  /** Tokens that were issued. */
  @Column('bigint', { default: 0 })
  lives: string;

  @Column('bigint', { name: 'failed_fetches', default: 0 })
  failedFetches: string;

  /** Of the last failure or refusal, whatever came after it. */
  @Column('text', { name: 'last_failure', nullable: true })
  lastFailure: string | null;

  @Column('timestamptz', { name: 'last_failed_at', nullable: true })
  lastFailedAt: Date | null;

  /** Requests that waited for the upstream. */
  @Column('bigint', { default: 0 })
  waits: string;

  @Column('timestamptz', { name: 'last_waited_at', nullable: true })
  lastWaitedAt: Date | null;
}
