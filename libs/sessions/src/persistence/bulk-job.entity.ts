import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An act over many sessions or callbacks, in the name of who wanted it. */
@Entity('bulk_job')
@Index('ix_bulk_job_running', ['id'], { where: `state = 'running'` })
@Index('ix_bulk_job_key', ['actorId', 'keyHash'], { where: 'key_hash IS NOT NULL' })
@Check('ck_bulk_job_act', `act IN ('re_sync','resend_callback','expire','replay_callback')`)
@Check('ck_bulk_job_state', `state IN ('running','done','cancelled','stopped')`)
export class BulkJobEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_bulk_job' })
  id: string;

  @Column('text')
  act: string;

  @Column('text')
  state: string;

  /** Why it was stopped. */
  @Column('text', { name: 'stop_code', nullable: true })
  stopCode: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text', { name: 'actor_kind' })
  actorKind: string;

  @Column('uuid', { name: 'actor_id' })
  actorId: string;

  /** For people, as it was then. */
  @Column('text', { name: 'actor_name' })
  actorName: string;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  /** By which a request that is sent again finds what it led to. */
  @Column('bytea', { name: 'key_hash', nullable: true })
  keyHash: Buffer | null;

  /** Whose sessions are in it. */
  @Column('uuid', { name: 'merchant_ids', array: true })
  merchantIds: string[];

  @Column('int')
  total: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
