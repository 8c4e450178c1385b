import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A notice as it came in, masked, and what was answered to it: stored before it is acted upon, acted upon once. */
@Entity('notice_seen')
@Index('ix_notice_seen_received', ['receivedAt'])
@Index('ix_notice_seen_session', ['sessionId'])
@Index('ix_notice_seen_left', ['receivedAt', 'connector', 'noticeId'], { where: '(acted_at IS NULL)' })
export class NoticeSeenEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_notice_seen' })
  connector: string;

  @PrimaryColumn('text', { name: 'notice_id', primaryKeyConstraintName: 'pk_notice_seen' })
  noticeId: string;

  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('jsonb')
  body: object;

  /** What was taken out of the body and is still needed, until it was acted upon. */
  @Column('bytea', { name: 'secrets_sealed', nullable: true })
  secretsSealed: Buffer | null;

  @Column('timestamptz', { name: 'received_at' })
  receivedAt: Date;

  @Column('timestamptz', { name: 'acted_at', nullable: true })
  actedAt: Date | null;

  @Column('jsonb', { nullable: true })
  answer: object | null;

  /** How often it could not be acted upon. */
  @Column('int', { default: 0 })
  tries: number;

  /** When to act upon it again; null: at once, `infinity`: never. */
  @Column('timestamptz', { name: 'next_try_at', nullable: true })
  nextTryAt: Date | null;
}
