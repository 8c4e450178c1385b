import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { BulkJobEntity } from './bulk-job.entity';

/** One session or callback of a job, and what came of it. */
@Entity('bulk_job_item')
@Index('ix_bulk_job_item_waiting', ['merchantId', 'jobId', 'number'], { where: `state = 'waiting'` })
@Check('ck_bulk_job_item_of', 'num_nonnulls(session_id, message_id) > 0')
@Check('ck_bulk_job_item_state', `state IN ('waiting','done','failed','skipped')`)
export class BulkJobItemEntity {
  @PrimaryColumn('uuid', { name: 'job_id', primaryKeyConstraintName: 'pk_bulk_job_item' })
  jobId: string;

  @ManyToOne(() => BulkJobEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'fk_bulk_job_item_job' })
  job: BulkJobEntity;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'pk_bulk_job_item' })
  number: number;

  /** Null for a callback that was not found. */
  @Column('uuid', { name: 'session_id', nullable: true })
  sessionId: string | null;

  @Column('uuid', { name: 'message_id', nullable: true })
  messageId: string | null;

  /** Null where there was no such session or callback within the actor's scope. */
  @Column('uuid', { name: 'merchant_id', nullable: true })
  merchantId: string | null;

  @Column('text')
  state: string;

  /** Why it failed. */
  @Column('text', { nullable: true })
  code: string | null;

  /** How often it was claimed: who holds an older claim can no longer act on it. */
  @Column('int')
  fence: number;

  @Column('timestamptz', { name: 'claimed_until', nullable: true })
  claimedUntil: Date | null;

  /** When an act that may be repeated without harm was put down in the audit log, which it is once. */
  @Column('timestamptz', { name: 'noted_at', nullable: true })
  notedAt: Date | null;
}
