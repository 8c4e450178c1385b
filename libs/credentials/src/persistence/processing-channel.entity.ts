import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { MerchantEntity } from './merchant.entity';

@Entity('processing_channel')
@Unique('uq_processing_channel_owner', ['merchantId', 'environment', 'id'])
@Check('ck_processing_channel_environment', `environment IN ('test', 'live')`)
@Check('ck_processing_channel_connectors', 'cardinality(connectors) > 0')
@Check('ck_processing_channel_route', `jsonb_typeof(route) = 'array'`)
@Check('ck_processing_channel_branding', `jsonb_typeof(branding) = 'object'`)
@Check('ck_processing_channel_session_minutes', 'session_minutes BETWEEN 5 AND 60')
@Check('ck_processing_channel_card_retention', 'card_retention_minutes BETWEEN 0 AND 1440')
export class ProcessingChannelEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_processing_channel' })
  id: string;

  @ForeignKey(() => MerchantEntity, { name: 'fk_processing_channel_merchant' })
  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  environment: string;

  @Column('text')
  name: string;

  @Column('text', { array: true })
  connectors: string[];

  @Column('jsonb', { default: [{ connector: 'emv3ds' }] })
  route: object;

  @Column('text', { name: 'preferred_schemes', array: true })
  preferredSchemes: string[];

  @Column('int', { name: 'session_minutes', default: 30 })
  sessionMinutes: number;

  @Column('int', { name: 'card_retention_minutes', default: 60 })
  cardRetentionMinutes: number;

  @Column('boolean', { name: 'auto_complete', default: true })
  autoComplete: boolean;

  @Column('bytea', { name: 'webhook_secret_sealed', nullable: true })
  webhookSecretSealed: Buffer | null;

  @Column('jsonb', { default: {} })
  branding: object;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('int', { default: 1 })
  version: number;
}
