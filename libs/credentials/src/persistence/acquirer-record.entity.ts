import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProcessingChannelEntity } from './processing-channel.entity';

@Entity('acquirer_record')
@Check(
  'ck_acquirer_record_scheme',
  `scheme IN ('visa', 'mastercard', 'amex', 'cartes_bancaires', 'jcb', 'diners', 'discover')`,
)
@Check('ck_acquirer_record_mcc', `mcc ~ '^[0-9]{4}$'`)
@Check('ck_acquirer_record_country_code', `country_code ~ '^[0-9]{3}$'`)
export class AcquirerRecordEntity {
  @ForeignKey(() => ProcessingChannelEntity, { name: 'fk_acquirer_record_channel' })
  @PrimaryColumn('uuid', { name: 'channel_id', primaryKeyConstraintName: 'pk_acquirer_record' })
  channelId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_acquirer_record' })
  scheme: string;

  @Column('text', { name: 'acquirer_bin' })
  acquirerBin: string;

  @Column('text', { name: 'acquirer_merchant_id' })
  acquirerMerchantId: string;

  @Column('text')
  mcc: string;

  @Column('text', { name: 'country_code' })
  countryCode: string;

  @Column('text', { name: 'merchant_name' })
  merchantName: string;

  @Column('text', { name: 'requestor_id' })
  requestorId: string;

  @Column('text', { name: 'requestor_name' })
  requestorName: string;

  @Column('text', { name: 'requestor_url' })
  requestorUrl: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('int', { default: 1 })
  version: number;
}
