import { AccessKeyEntity } from './access-key.entity';
import { AcquirerRecordEntity } from './acquirer-record.entity';
import { ChannelLogoEntity } from './channel-logo.entity';
import { ConnectorAccountEntity } from './connector-account.entity';
import { ConnectorCredentialEntity } from './connector-credential.entity';
import { ConnectorWebhookKeyEntity } from './connector-webhook-key.entity';
import { MerchantEntity } from './merchant.entity';
import { ProcessingChannelEntity } from './processing-channel.entity';
import { PublicKeyEntity } from './public-key.entity';
import { SigningKeyEntity } from './signing-key.entity';

/** Tables of credentials, for the one data source. */
export const CREDENTIALS_ENTITIES = [
  MerchantEntity,
  ProcessingChannelEntity,
  ChannelLogoEntity,
  AcquirerRecordEntity,
  AccessKeyEntity,
  PublicKeyEntity,
  SigningKeyEntity,
  ConnectorAccountEntity,
  ConnectorCredentialEntity,
  ConnectorWebhookKeyEntity,
];
