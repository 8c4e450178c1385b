import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A process of this installation, as it last told of itself. */
@Entity('replica')
@Check('ck_replica_role', `role IN ('api', 'worker', 'all')`)
export class ReplicaEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_replica' })
  id: string;

  @Column('text')
  role: string;

  @Column('text')
  version: string;

  @Column('text')
  host: string;

  @Column('int')
  pid: number;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  @Column('timestamptz', { name: 'seen_at' })
  seenAt: Date;

  @Column('float8', { name: 'event_loop_delay_ms' })
  eventLoopDelayMs: number;

  @Column('bigint', { name: 'memory_bytes' })
  memoryBytes: string;

  /** Its scheduled work, by name. */
  @Column('jsonb')
  ticks: object;
}
