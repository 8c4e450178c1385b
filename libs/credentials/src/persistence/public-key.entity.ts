import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProcessingChannelEntity } from './processing-channel.entity';

@Entity('public_key')
@ForeignKey(
  () => ProcessingChannelEntity,
  ['merchantId', 'environment', 'channelId'],
  ['merchantId', 'environment', 'id'],
  { name: 'fk_public_key_channel' },
)
@Index('ix_public_key_channel', ['channelId', 'createdAt'])
@Check('ck_public_key_environment', `environment IN ('test', 'live')`)
export class PublicKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_public_key' })
  id: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  environment: string;

  @Column('uuid', { name: 'channel_id' })
  channelId: string;

  @Column('text', { name: 'allowed_origins', array: true })
  allowedOrigins: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('int', { default: 1 })
  version: number;
}
