import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ConnectorAccountEntity } from './connector-account.entity';

@Entity('connector_webhook_key')
@ForeignKey(() => ConnectorAccountEntity, ['merchantId', 'accountId'], ['merchantId', 'id'], {
  name: 'fk_connector_webhook_key_account',
})
@Index('ix_connector_webhook_key_account', ['accountId'])
export class ConnectorWebhookKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_connector_webhook_key' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('bytea', { name: 'key_sealed' })
  keySealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'retires_at', nullable: true })
  retiresAt: Date | null;
}
