import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A request of the admin API that names itself, and its answer where that may be given again. Keys and bodies are keyed hashes. */
@Entity('admin_request')
@Index('ix_admin_request_expiry', ['expiresAt'])
@Check('ck_admin_request_answer', 'answer_sealed IS NULL OR answered_at IS NOT NULL')
export class AdminRequestEntity {
  /** Wire id. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_admin_request' })
  actor: string;

  @PrimaryColumn('bytea', { name: 'key_hash', primaryKeyConstraintName: 'pk_admin_request' })
  keyHash: Buffer;

  @Column('bytea', { name: 'request_hash' })
  requestHash: Buffer;

  @Column('int')
  fence: number;

  @Column('timestamptz', { name: 'locked_until' })
  lockedUntil: Date;

  /** Whose things the answer tells of; null: of any merchant. */
  @Column('uuid', { name: 'merchant_ids', array: true, nullable: true })
  merchantIds: string[] | null;

  /** Set in the transaction of the act. */
  @Column('timestamptz', { name: 'done_at', nullable: true })
  doneAt: Date | null;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  @Column('bytea', { name: 'answer_sealed', nullable: true })
  answerSealed: Buffer | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
