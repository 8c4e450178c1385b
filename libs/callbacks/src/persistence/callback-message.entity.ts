import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('callback_message')
@Unique('uq_callback_message_session_kind', ['sessionId', 'kind'])
@Check('ck_callback_message_environment', `environment IN ('test', 'live')`)
@Check('ck_callback_message_state', `state IN ('due', 'delivered', 'dead')`)
@Check('ck_callback_message_due', `(state = 'due') = (next_try_at IS NOT NULL)`)
@Check('ck_callback_message_delivered', `(state = 'delivered') = (delivered_at IS NOT NULL)`)
@Check('ck_callback_message_resend', `resend_at IS NULL OR state = 'delivered'`)
@Check('ck_callback_message_no_authentication_value', `NOT (payload ?| ARRAY['cryptogram', 'xid'])`)
@Index('ix_callback_message_due', ['nextTryAt'], { where: `state = 'due'` })
@Index('ix_callback_message_merchant_due', ['merchantId', 'nextTryAt'], { where: `state = 'due'` })
@Index('ix_callback_message_failing', ['sessionId', 'merchantId'], {
  where: `last_problem IS NOT NULL AND state <> 'delivered'`,
})
@Index('ix_callback_message_resend', ['resendAt'], { where: 'resend_at IS NOT NULL' })
@Index('ix_callback_message_merchant', ['merchantId', 'id'])
@Index('ix_callback_message_dead', ['id'], { where: `state = 'dead'` })
@Index('ix_callback_message_late', ['sessionId'], {
  where: `delivered_at IS NULL OR delivered_at - to_timestamp(('x' || left(replace(session_id::text, '-', ''), 12))::bit(48)::bigint / 1000::float8) > interval '24 hours'`,
})
@Index('ix_callback_message_problem', ['lastProblem', 'id'], { where: 'last_problem IS NOT NULL' })
@Index('ix_callback_message_untold', ['deliveredAt'], { where: `state = 'delivered' AND subject_told_at IS NULL` })
export class CallbackMessageEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_callback_message' })
  id: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  environment: string;

  @Column('uuid', { name: 'channel_id' })
  channelId: string;

  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('text')
  kind: string;

  @Column('text')
  url: string;

  @Column('jsonb')
  payload: Record<string, unknown>;

  @Column('text', { default: 'due' })
  state: string;

  @Column('integer', { default: 0 })
  tries: number;

  /** Tries that the schedule made; extra ones that a merchant asked for do not use it up. */
  @Column('integer', { default: 0 })
  step: number;

  @Column('timestamptz', { name: 'next_try_at', nullable: true })
  nextTryAt: Date | null;

  @Column('timestamptz', { name: 'claimed_until', nullable: true })
  claimedUntil: Date | null;

  @Column('integer', { name: 'last_status', nullable: true })
  lastStatus: number | null;

  @Column('text', { name: 'last_problem', nullable: true })
  lastProblem: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt: Date | null;

  /** When the subject took note of the delivery. */
  @Column('timestamptz', { name: 'subject_told_at', nullable: true })
  subjectToldAt: Date | null;

  /** Since when a delivered one is wanted once more. */
  @Column('timestamptz', { name: 'resend_at', nullable: true })
  resendAt: Date | null;

  @Column('integer', { default: 1 })
  version: number;
}
