import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** The link of a hosted session. Unpartitioned: a token is looked up without knowing when. */
@Entity('hosted_link')
@Unique('uq_hosted_link_session', ['sessionId'])
@Check('ck_hosted_link_challenge_window', `challenge_window IN ('01','02','03','04','05')`)
@Index('ix_hosted_link_forget', ['forgetAt'])
export class HostedLinkEntity {
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'pk_hosted_link' })
  tokenHash: Buffer;

  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('bytea', { name: 'token_sealed' })
  tokenSealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** When the row may go: the link itself ends with its session. */
  @Column('timestamptz', { name: 'forget_at' })
  forgetAt: Date;

  @Column('text', { name: 'view_id', nullable: true })
  viewId: string | null;

  @Column('timestamptz', { name: 'seen_at', nullable: true })
  seenAt: Date | null;

  @Column('timestamptz', { name: 'challenge_shown_at', nullable: true })
  challengeShownAt: Date | null;

  /** EMV challengeWindowSize. */
  @Column('text', { name: 'challenge_window', nullable: true })
  challengeWindow: string | null;

  @Column('timestamptz', { name: 'returned_at', nullable: true })
  returnedAt: Date | null;
}
