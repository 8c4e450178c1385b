import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { ConnectorAccountEntity } from './connector-account.entity';

@Entity('connector_credential')
@ForeignKey(() => ConnectorAccountEntity, ['merchantId', 'accountId'], ['merchantId', 'id'], {
  name: 'fk_connector_credential_account',
})
@Unique('uq_connector_credential_version', ['accountId', 'version'])
@Index('ix_connector_credential_expiry', ['expiresAt'], { where: 'expires_at IS NOT NULL AND retires_at IS NULL' })
export class ConnectorCredentialEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_connector_credential' })
  id: string;

  @Column('uuid', { name: 'account_id' })
  accountId: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('bytea', { name: 'client_secret_sealed' })
  clientSecretSealed: Buffer;

  @Column('int')
  version: number;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom: Date;

  @Column('timestamptz', { name: 'retires_at', nullable: true })
  retiresAt: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('int', { name: 'announced_days', nullable: true })
  announcedDays: number | null;
}
