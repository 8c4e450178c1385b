import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('card_token')
@Index('ix_card_token_due', ['expiresAt'], { where: 'sealed IS NOT NULL' })
@Check('ck_card_token_environment', `environment IN ('test', 'live')`)
@Check('ck_card_token_expiry_month', 'expiry_month BETWEEN 1 AND 12')
@Check('ck_card_token_spent', 'spent_by IS NULL OR sealed IS NULL')
export class CardTokenEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_card_token' })
  id: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  environment: string;

  @Column('uuid', { name: 'public_key_id' })
  publicKeyId: string;

  /** Null once the token is spent, or was erased. */
  @Column('bytea', { nullable: true })
  sealed: Buffer | null;

  @Column('smallint', { name: 'expiry_month' })
  expiryMonth: number;

  @Column('smallint', { name: 'expiry_year' })
  expiryYear: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  /** The session that took the card. */
  @Column('uuid', { name: 'spent_by', nullable: true })
  spentBy: string | null;
}
