import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

@Entity('instrument_key')
@Unique('uq_instrument_key_id', ['id'])
export class InstrumentKeyEntity {
  // By name: merchants belong to another room, whose entities stay there.
  @ForeignKey('MerchantEntity', { name: 'fk_instrument_key_merchant' })
  @PrimaryColumn('uuid', { name: 'merchant_id', primaryKeyConstraintName: 'pk_instrument_key' })
  merchantId: string;

  /** What ciphertexts name the key by. */
  @Column('uuid')
  id: string;

  @Column('bytea')
  wrapped: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
