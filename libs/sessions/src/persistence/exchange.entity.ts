import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One masked protocol message or upstream call of an attempt. Only ever inserted. */
@Entity('exchange')
@Check('ck_exchange_direction', `direction IN ('sent','received')`)
export class ExchangeEntity {
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'pk_exchange' })
  sessionId: string;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'pk_exchange' })
  seq: number;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('int', { name: 'attempt_number' })
  attemptNumber: number;

  @Column('text')
  direction: string;

  @Column('text', { name: 'message_type' })
  messageType: string;

  @Column('timestamptz')
  at: Date;

  @Column('double precision', { name: 'latency_ms', nullable: true })
  latencyMs: number | null;

  @Column('jsonb', { nullable: true })
  body: object | null;

  @Column('text', { nullable: true })
  problem: string | null;
}
