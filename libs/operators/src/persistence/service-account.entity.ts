import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('service_account')
@Index('ix_service_account_created', ['createdAt', 'id'])
@Check('ck_service_account_role', `role IN ('viewer', 'operator', 'merchant_admin', 'admin')`)
@Check('ck_service_account_merchants', 'cardinality(merchant_ids) > 0')
export class ServiceAccountEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_service_account' })
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  role: string;

  @Column('uuid', { name: 'merchant_ids', array: true, nullable: true })
  merchantIds: string[] | null;

  @Column('bytea', { name: 'secret_hash' })
  secretHash: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('int', { default: 1 })
  version: number;
}
