import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of what happened to a session. Only ever inserted. */
@Entity('session_event')
export class SessionEventEntity {
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'pk_session_event' })
  sessionId: string;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'pk_session_event' })
  seq: number;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  type: string;

  @Column('text', { name: 'from_status', nullable: true })
  fromStatus: string | null;

  @Column('text', { name: 'to_status' })
  toStatus: string;

  @Column('text')
  actor: string;

  @Column('int', { name: 'attempt_number' })
  attemptNumber: number;

  @Column('jsonb')
  data: object;
}
