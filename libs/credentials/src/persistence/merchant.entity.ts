import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('merchant')
@Check('ck_merchant_status', `status IN ('active', 'suspended')`)
export class MerchantEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_merchant' })
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  status: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('int', { default: 1 })
  version: number;
}
