import { CredentialsModule } from '@app/credentials';
import { TokenCacheModule } from '@app/token-cache';
import { Module } from '@nestjs/common';
import { AccountLinks } from './account-links';
import { ChallengeReturnPage } from './challenge-return';
import { CheckoutClient } from './checkout.client';
import { CheckoutConnector } from './checkout.connector';
import { InboundAddress } from './inbound-address';
import { UpstreamRoutes } from './http/upstream-routes';
import { UpstreamNotices } from './upstream-notices';
import { UpstreamTokens } from './upstream-tokens';

/**
 * The connector for Checkout.com's Sessions API: the verbs, and the routes that face the upstream and browsers. It asks for
 * `NOTICE_INBOX` only when something comes, so the module that binds it may import this one. Needs the platform module, and
 * `ScheduleModule` for the ticks of the token cache.
 */
@Module({
  imports: [CredentialsModule, TokenCacheModule],
  providers: [
    AccountLinks,
    ChallengeReturnPage,
    CheckoutClient,
    CheckoutConnector,
    InboundAddress,
    UpstreamNotices,
    UpstreamRoutes,
    UpstreamTokens,
  ],
  exports: [CheckoutConnector],
})
export class CheckoutConnectorModule {}
