import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of what happened to a session. Only ever inserted. */
@Entity('session_event')
@Check('ck_session_event_leg', `leg IN ('created','method','request','answer','challenge','result','callback')`)
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

  /** Which part of an authentication the line belongs to; null where it is none or unknown. */
  @Column('text', { nullable: true })
  leg: string | null;
}
