import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('merchant_fingerprint_key')
@Check('ck_merchant_fingerprint_key_version', 'key_version > 0')
export class MerchantFingerprintKeyEntity {
  // By name: merchants belong to another room, whose entities stay there.
  @ForeignKey('MerchantEntity', { name: 'fk_merchant_fingerprint_key_merchant' })
  @PrimaryColumn('uuid', { name: 'merchant_id', primaryKeyConstraintName: 'pk_merchant_fingerprint_key' })
  merchantId: string;

  @PrimaryColumn('int', { name: 'key_version', primaryKeyConstraintName: 'pk_merchant_fingerprint_key' })
  keyVersion: number;

  @Column('bytea')
  sealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
