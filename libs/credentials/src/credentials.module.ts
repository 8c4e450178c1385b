import { SystemClock } from '@app/kernel';
import { Module } from '@nestjs/common';
import { AccessKeysAdmin } from './access-keys-admin.service';
import { AccessKeys } from './access-keys.service';
import { AccessTokens } from './access-tokens.service';
import { AccountSecrets } from './account-secrets';
import { ChannelBranding } from './channel-branding.service';
import { ConnectorAccountsAdmin } from './connector-accounts-admin.service';
import { ConnectorAccounts } from './connector-accounts.service';
import { CredentialsAdmin } from './credentials-admin.service';
import { CONNECTOR_NAMES, CONNECTORS } from './connector-names';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { ConnectController } from './http/connect.controller';
import { JwksController } from './http/jwks.controller';
import { CredentialExpiryJob } from './jobs/credential-expiry.job';
import { MerchantDirectory } from './merchant-directory.service';
import { AccessKeyRepository } from './persistence/access-key.repository';
import { BrandingRepository } from './persistence/branding.repository';
import { ChannelRepository } from './persistence/channel.repository';
import { ConnectorAccountRepository } from './persistence/connector-account.repository';
import { CredentialExpiryRepository } from './persistence/credential-expiry.repository';
import { MerchantRepository } from './persistence/merchant.repository';
import { PublicKeyRepository } from './persistence/public-key.repository';
import { SigningKeyRepository } from './persistence/signing-key.repository';
import { PublicKeysAdmin } from './public-keys-admin.service';
import { PublicKeys } from './public-keys.service';
import { SigningKeys } from './signing-keys.service';
import { UpstreamAccess } from './upstream-access';

/**
 * Merchants, channels, acquirer records, access keys and the token endpoint, public keys, connector accounts. Needs the
 * global `PlatformModule`, and `ScheduleModule.forRoot()` for the tick.
 */
@Module({
  controllers: [ConnectController, JwksController],
  providers: [
    { provide: CONNECTOR_NAMES, useValue: CONNECTORS },
    { provide: CREDENTIALS_CLOCK, useClass: SystemClock },
    AccessKeyRepository,
    AccessKeys,
    AccessKeysAdmin,
    AccessTokens,
    AccountSecrets,
    BrandingRepository,
    ChannelBranding,
    ChannelRepository,
    ConnectorAccountRepository,
    ConnectorAccounts,
    ConnectorAccountsAdmin,
    CredentialExpiryJob,
    CredentialExpiryRepository,
    CredentialsAdmin,
    MerchantDirectory,
    MerchantRepository,
    PublicKeyRepository,
    PublicKeys,
    PublicKeysAdmin,
    SigningKeyRepository,
    SigningKeys,
    UpstreamAccess,
  ],
  exports: [
    AccessKeys,
    AccessKeysAdmin,
    AccessTokens,
    ChannelBranding,
    ConnectorAccounts,
    ConnectorAccountsAdmin,
    CredentialsAdmin,
    MerchantDirectory,
    PublicKeys,
    PublicKeysAdmin,
  ],
})
export class CredentialsModule {}
