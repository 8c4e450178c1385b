import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { MerchantEntity } from './merchant.entity';

@Entity('connector_account')
@Unique('uq_connector_account_owner', ['merchantId', 'id'])
@Unique('uq_connector_account_webhook_address', ['webhookAddressMac'])
@Index('uq_connector_account_active', ['merchantId', 'connector', 'environment'], {
  unique: true,
  where: `status = 'active'`,
})
@Check('ck_connector_account_environment', `environment IN ('test', 'live')`)
@Check('ck_connector_account_status', `status IN ('active', 'disabled')`)
export class ConnectorAccountEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_connector_account' })
  id: string;

  @ForeignKey(() => MerchantEntity, { name: 'fk_connector_account_merchant' })
  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text')
  connector: string;

  @Column('text')
  environment: string;

  @Column('text')
  name: string;

  @Column('text', { name: 'api_base_url' })
  apiBaseUrl: string;

  @Column('text', { name: 'token_url' })
  tokenUrl: string;

  @Column('text', { array: true })
  scopes: string[];

  @Column('text')
  status: string;

  @Column('text', { name: 'upstream_processing_channel_id', nullable: true })
  upstreamProcessingChannelId: string | null;

  @Column('int', { name: 'credential_version', default: 1 })
  credentialVersion: number;

  @Column('bytea', { name: 'webhook_address_mac' })
  webhookAddressMac: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('int', { default: 1 })
  version: number;
}
