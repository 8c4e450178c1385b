import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Which attempt an upstream's key belongs to. Unpartitioned: a key must be unique across time. */
@Entity('correlation')
@Index('ix_correlation_expiry', ['expiresAt'])
export class CorrelationEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_correlation' })
  connector: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_correlation' })
  key: string;

  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('int', { name: 'attempt_number' })
  attemptNumber: number;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
