import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

@Entity('instrument')
@Unique('uq_instrument_card', ['merchantId', 'environment', 'fingerprintKeyVersion', 'fingerprint'])
@Check('ck_instrument_environment', `environment IN ('test', 'live')`)
@Check('ck_instrument_expiry_month', 'expiry_month BETWEEN 1 AND 12')
export class InstrumentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_instrument' })
  id: string;

  // By name: merchants belong to another room, whose entities stay there.
  @ForeignKey('MerchantEntity', { name: 'fk_instrument_merchant' })
  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  environment: string;

  @Column('text')
  fingerprint: string;

  @Column('int', { name: 'fingerprint_key_version' })
  fingerprintKeyVersion: number;

  @Column('bytea', { name: 'number_sealed' })
  numberSealed: Buffer;

  @Column('bytea', { name: 'name_sealed', nullable: true })
  nameSealed: Buffer | null;

  @Column('smallint', { name: 'expiry_month' })
  expiryMonth: number;

  @Column('smallint', { name: 'expiry_year' })
  expiryYear: number;

  @Column('text')
  bin: string;

  @Column('text', { name: 'last_four' })
  lastFour: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt: Date;

  @Column('int', { default: 1 })
  version: number;
}
