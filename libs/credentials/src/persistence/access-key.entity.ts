import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { MerchantEntity } from './merchant.entity';
import { ProcessingChannelEntity } from './processing-channel.entity';

@Entity('access_key')
@ForeignKey(
  () => ProcessingChannelEntity,
  ['merchantId', 'environment', 'defaultChannelId'],
  ['merchantId', 'environment', 'id'],
  { name: 'fk_access_key_default_channel' },
)
@Index('ix_access_key_merchant', ['merchantId', 'createdAt'])
@Check('ck_access_key_environment', `environment IN ('test', 'live')`)
@Check('ck_access_key_scopes', 'cardinality(scopes) > 0')
@Check('ck_access_key_token_ttl', 'token_ttl_seconds BETWEEN 1 AND 86400')
export class AccessKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_access_key' })
  id: string;

  @ForeignKey(() => MerchantEntity, { name: 'fk_access_key_merchant' })
  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  environment: string;

  @Column('uuid', { name: 'default_channel_id', nullable: true })
  defaultChannelId: string | null;

  @Column('bytea', { name: 'mac_key_sealed' })
  macKeySealed: Buffer;

  @Column('bytea', { name: 'secret_mac' })
  secretMac: Buffer;

  @Column('text', { array: true })
  scopes: string[];

  @Column('int', { name: 'token_ttl_seconds', default: 3600 })
  tokenTtlSeconds: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('int', { default: 1 })
  version: number;
}
