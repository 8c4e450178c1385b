import { CardBinsModule } from '@app/cards';
import { CredentialsModule, MerchantsAdminModule } from '@app/credentials';
import { OperatorsModule } from '@app/operators';
import { PlatformModule, type AppConfig, type Logger } from '@app/platform';
import { SessionListModule } from '@app/sessions';
import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from '../admin/admin.module';
import type { createDataSource } from '../data-source';

/** What the command line needs of the server: no HTTP, no ticks. */
@Module({})
export class CliModule {
  static forRoot(parts: {
    config: AppConfig;
    log: Logger;
    dataSource: ReturnType<typeof createDataSource>;
  }): DynamicModule {
    return {
      module: CliModule,
      imports: [
        PlatformModule.forRoot(parts),
        AdminModule,
        CardBinsModule,
        CredentialsModule,
        MerchantsAdminModule,
        OperatorsModule,
        SessionListModule,
      ],
    };
  }
}
