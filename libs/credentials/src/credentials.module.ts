import { SystemClock } from '@app/kernel';
import { Module } from '@nestjs/common';
import { AccessKeys } from './access-keys.service';
import { AccessTokens } from './access-tokens.service';
import { ConnectorAccounts } from './connector-accounts.service';
import { CredentialsAdmin } from './credentials-admin.service';
import { CONNECTOR_NAMES, CONNECTORS } from './connector-names';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { ConnectController } from './http/connect.controller';
import { JwksController } from './http/jwks.controller';
import { MerchantDirectory } from './merchant-directory.service';
import { AccessKeyRepository } from './persistence/access-key.repository';
import { ChannelRepository } from './persistence/channel.repository';
import { ConnectorAccountRepository } from './persistence/connector-account.repository';
import { MerchantRepository } from './persistence/merchant.repository';
import { SigningKeyRepository } from './persistence/signing-key.repository';
import { SigningKeys } from './signing-keys.service';

/** Merchants, channels, acquirer records, access keys and the token endpoint. Needs the global `PlatformModule`. */
@Module({
  controllers: [ConnectController, JwksController],
  providers: [
    { provide: CONNECTOR_NAMES, useValue: CONNECTORS },
    { provide: CREDENTIALS_CLOCK, useClass: SystemClock },
    AccessKeyRepository,
    AccessKeys,
    AccessTokens,
    ChannelRepository,
    ConnectorAccountRepository,
    ConnectorAccounts,
    CredentialsAdmin,
    MerchantDirectory,
    MerchantRepository,
    SigningKeyRepository,
    SigningKeys,
  ],
  exports: [AccessKeys, AccessTokens, ConnectorAccounts, CredentialsAdmin, MerchantDirectory],
})
export class CredentialsModule {}
