import { SystemClock } from '@app/kernel';
import { Module } from '@nestjs/common';
import { ConnectorAccountActs } from './admin/connector-account-acts.service';
import { MerchantActs } from './admin/merchant-acts.service';
import { MerchantLists } from './admin/merchant-lists.service';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { CredentialsModule } from './credentials.module';
import { AdminAccessKeysController } from './http/admin-access-keys.controller';
import { AdminChannelsController } from './http/admin-channels.controller';
import { AdminConnectorAccountsController } from './http/admin-connector-accounts.controller';
import { AdminMerchantsController } from './http/admin-merchants.controller';
import { AdminPublicKeysController } from './http/admin-public-keys.controller';

/** Merchants, channels, keys and connector accounts for operators. Needs the ports of the admin API (`AUDIT_SINK`). */
@Module({
  imports: [CredentialsModule],
  controllers: [
    AdminMerchantsController,
    AdminChannelsController,
    AdminAccessKeysController,
    AdminPublicKeysController,
    AdminConnectorAccountsController,
  ],
  exports: [ConnectorAccountActs, MerchantActs],
  providers: [{ provide: CREDENTIALS_CLOCK, useClass: SystemClock }, ConnectorAccountActs, MerchantActs, MerchantLists],
})
export class MerchantsAdminModule {}
