import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One try of a session at one connector, in the same partition as its session. */
@Entity('attempt')
@Check('ck_attempt_progress', `progress IN ('planned','opened','asked','answered','settled')`)
@Check('ck_attempt_starts_at', `starts_at IN ('channel_data','creation')`)
@Index('ix_attempt_summary', { synchronize: false })
export class AttemptEntity {
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'pk_attempt' })
  sessionId: string;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'pk_attempt' })
  number: number;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  connector: string;

  @Column('text')
  scheme: string;

  @Column('text', { name: 'protocol_version' })
  protocolVersion: string;

  @Column('uuid', { name: 'transaction_id' })
  transactionId: string;

  @Column('text', { name: 'method_url', nullable: true })
  methodUrl: string | null;

  @Column('text', { name: 'directory_server_id' })
  directoryServerId: string;

  @Column('text', { name: 'starts_at', default: 'channel_data' })
  startsAt: string;

  /** What notices name the attempt by from the beginning; null: the transaction id. */
  @Column('text', { name: 'correlation_key', nullable: true })
  correlationKey: string | null;

  @Column('text')
  progress: string;

  /** Opaque to sessions: given back to the connector as it was. */
  @Column('jsonb')
  state: object;

  @Column('jsonb')
  facts: object;

  @Column('bytea', { name: 'authentication_value_sealed', nullable: true })
  authenticationValueSealed: Buffer | null;

  @Column('timestamptz', { name: 'authentication_value_expires_at', nullable: true })
  authenticationValueExpiresAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
