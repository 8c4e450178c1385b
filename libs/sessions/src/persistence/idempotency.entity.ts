import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A request that names itself, and its answer once there is one. Keys and bodies are kept as keyed hashes only. */
@Entity('idempotency')
@Index('ix_idempotency_expiry', ['expiresAt'])
@Check('ck_idempotency_answer', '(answer_sealed IS NULL) = (answered_at IS NULL)')
export class IdempotencyEntity {
  @PrimaryColumn('uuid', { name: 'merchant_id', primaryKeyConstraintName: 'pk_idempotency' })
  merchantId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_idempotency' })
  route: string;

  @PrimaryColumn('bytea', { name: 'key_hash', primaryKeyConstraintName: 'pk_idempotency' })
  keyHash: Buffer;

  @Column('bytea', { name: 'body_hash' })
  bodyHash: Buffer;

  /** Chosen before anything is made, so that a second try makes the same session or none. */
  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('int')
  fence: number;

  @Column('timestamptz', { name: 'locked_until' })
  lockedUntil: Date;

  @Column('bytea', { name: 'answer_sealed', nullable: true })
  answerSealed: Buffer | null;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
