import { ScaledClock, SystemClock, type Clock } from '@app/kernel';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AdminRequestRepository } from './admin/admin-request.repository';
import { AdminRequests } from './admin/admin-requests.service';
import { CLOCK } from './clock.token';
import { APP_CONFIG, type AppConfig } from './config/app-config';
import { CryptoBox } from './crypto/crypto-box';
import { MacKeys } from './crypto/mac-keys';
import { Database } from './database/database';
import { Leases } from './database/leases';
import { PreparedStatements } from './database/prepared-statements';
import { Replicas } from './database/replicas';
import { AccessLog } from './events/access-log';
import { DOMAIN_EVENTS } from './events/domain-events';
import { LoggedEvents } from './events/logged-events';
import { HealthRegistry } from './health/health';
import { HealthController } from './health/health.controller';
import { WorkQueues } from './health/work-queues';
import { MerchantAddresses } from './http/merchant-addresses';
import { OutboundHttp } from './http/outbound-http';
import { PublicAddress } from './http/public-address';
import { ClientAddresses, parseNetworks } from './limits/client-address';
import { Admission } from './limits/admission';
import { EventLoop } from './limits/event-loop';
import { RateLimits } from './limits/rate-limits';
import { LOG, type Logger } from './logging/logger';
import { Metrics } from './metrics/metrics';

/** What every other module may ask for. Global: the composition root imports it once. */
@Global()
@Module({})
export class PlatformModule {
  /** `dataSource` must be initialised; it is closed when the application shuts down. */
  static forRoot(parts: { config: AppConfig; log: Logger; dataSource: Database['dataSource'] }): DynamicModule {
    const providers = [
      AccessLog,
      { provide: APP_CONFIG, useValue: parts.config },
      { provide: LOG, useValue: parts.log },
      { provide: CLOCK, useFactory: () => new ScaledClock(new SystemClock(), parts.config.timeScale) },
      {
        provide: Database,
        useFactory: (clock: Clock) => new Database(parts.dataSource, preparedStatementsOf(parts, clock)),
        inject: [CLOCK],
      },
      AdminRequestRepository,
      AdminRequests,
      Admission,
      {
        provide: ClientAddresses,
        useFactory: () => new ClientAddresses(parseNetworks(parts.config.limits.trustedProxies) ?? []),
      },
      CryptoBox,
      { provide: DOMAIN_EVENTS, useClass: LoggedEvents },
      EventLoop,
      HealthRegistry,
      Leases,
      MacKeys,
      { provide: MerchantAddresses, useFactory: () => new MerchantAddresses(parts.config) },
      Metrics,
      OutboundHttp,
      PublicAddress,
      RateLimits,
      Replicas,
      WorkQueues,
    ];
    return { module: PlatformModule, controllers: [HealthController], providers, exports: providers };
  }
}

function preparedStatementsOf({ config, log }: { config: AppConfig; log: Logger }, clock: Clock): PreparedStatements {
  return new PreparedStatements(config.database.preparedStatements, clock, (error) =>
    log.warn({ err: error }, 'a pooler is in the way of prepared statements: none are used from now on'),
  );
}
