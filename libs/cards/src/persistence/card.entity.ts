import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('card')
@Index('ix_card_expires_at', ['expiresAt'], { where: 'expires_at IS NOT NULL' })
@Check('ck_card_expiry_month', 'expiry_month BETWEEN 1 AND 12')
@Check('ck_card_environment', `environment IN ('test','live')`)
export class CardEntity {
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'pk_card' })
  sessionId: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('bytea')
  sealed: Buffer;

  @Column('smallint', { name: 'expiry_month' })
  expiryMonth: number;

  @Column('smallint', { name: 'expiry_year' })
  expiryYear: number;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('text', { nullable: true })
  environment: string | null;
}
