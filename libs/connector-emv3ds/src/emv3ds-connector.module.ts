import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { CardRangeJob } from './card-ranges/card-range.job';
import { CardRangeRefresh } from './card-ranges/card-range.refresh';
import { CardRanges } from './card-ranges/card-ranges';
import { DirectoryServers } from './card-ranges/directory-servers';
import { DirectoryServerClient } from './directory-server.client';
import { CallTally } from './health/call-tally';
import { DirectoryServerHealthJob } from './health/directory-server-health.job';
import { Emv3dsConnector } from './emv3ds.connector';
import { ChallengeNotificationController } from './http/challenge-notification.controller';
import { MessageFieldsController } from './http/message-fields.controller';
import { MethodNotificationController } from './http/method-notification.controller';
import { RReqRoute } from './http/rreq.route';
import { DirectoryServerHealthRepository } from './persistence/directory-server-health.repository';
import { DirectoryServerRepository } from './persistence/directory-server.repository';
import { ResultAddress } from './result-address';
import { ResultRequests } from './result-requests';

/**
 * The native connector: the verbs, the card ranges, the two routes that face directory servers and browsers, and what
 * operators are told of messages. It asks
 * for `NOTICE_INBOX` only when a message comes, so the module that binds it may import this one. Needs the platform
 * module, and `ScheduleModule` for the ticks.
 */
@Module({
  controllers: [ChallengeNotificationController, MessageFieldsController, MethodNotificationController],
  providers: [
    CallTally,
    CardRangeJob,
    CardRangeRefresh,
    CardRanges,
    DirectoryServerClient,
    DirectoryServerHealthJob,
    DirectoryServerHealthRepository,
    DirectoryServerRepository,
    DirectoryServers,
    Emv3dsConnector,
    ResultAddress,
    ResultRequests,
    RReqRoute,
  ],
  exports: [CardRanges, DirectoryServerHealthRepository, DirectoryServerRepository, DirectoryServers, Emv3dsConnector],
})
export class Emv3dsConnectorModule {
  /** The module together with `imports`, for example the one that exports `NOTICE_INBOX`. */
  static forRoot({ imports = [] }: Pick<ModuleMetadata, 'imports'> = {}): DynamicModule {
    return { module: Emv3dsConnectorModule, imports };
  }
}
