import { AUTHENTICATION_CONNECTORS } from '@app/authentication-port';
import { CallbacksAdminModule, CallbacksModule } from '@app/callbacks';
import { CardsModule } from '@app/cards';
import { CheckoutConnector, CheckoutConnectorModule, TokensAdminModule } from '@app/connector-checkout';
import { DirectoryServersAdminModule, Emv3dsConnector, Emv3dsConnectorModule } from '@app/connector-emv3ds';
import { CredentialsModule, MerchantsAdminModule } from '@app/credentials';
import { PlatformModule, type AppConfig, type Database, type Logger } from '@app/platform';
import { MeasuredCallbacksModule, MeasuredSessionsModule, ReportingModule } from '@app/reporting';
import { DEMO_HISTORY_MERCHANTS, SessionsModule } from '@app/sessions';
import { TokenCacheModule } from '@app/token-cache';
import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AdminModule } from './admin/admin.module';
import { BrowserModule } from './browser/browser.module';
import { ConsoleModule } from './console/console.module';
import { DemoModule } from './demo/demo.module';
import { OpenApiModule } from './openapi/openapi.module';
import { SimulatorModule } from './simulator/simulator.module';
import { SystemModule } from './system/system.module';
import { Ticks } from './system/ticks';

/** Every feature of the house, and the one place that knows both sessions and connectors. */
@Module({})
export class AppModule {
  static forRoot(parts: {
    config: AppConfig;
    log: Logger;
    dataSource: Database['dataSource'];
    ticks?: Ticks;
  }): DynamicModule {
    const hasSimulator = parts.config.simulatorUrl !== null;
    const demoMerchants = DEMO_HISTORY_MERCHANTS.map(({ merchantId }) => merchantId);
    const simulator = hasSimulator ? [SimulatorModule] : [];
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(parts),
        ScheduleModule.forRoot(),
        CredentialsModule,
        CardsModule,
        CallbacksModule,
        TokenCacheModule,
        AdminModule,
        MerchantsAdminModule,
        CallbacksAdminModule,
        DirectoryServersAdminModule,
        TokensAdminModule,
        ReportingModule.forRoot({ demoMerchants }),
        MeasuredCallbacksModule.forRoot({ demoMerchants }),
        DemoModule,
        OpenApiModule,
        ConsoleModule,
        CheckoutConnectorModule,
        Emv3dsConnectorModule,
        SystemModule.with(parts.ticks ?? new Ticks()),
        ...simulator,
        SessionsModule.forRoot({
          imports: [
            BrowserModule,
            CheckoutConnectorModule,
            Emv3dsConnectorModule,
            MeasuredSessionsModule,
            ...simulator,
          ],
          hasSimulator,
          connectors: {
            provide: AUTHENTICATION_CONNECTORS,
            useFactory: (emv3ds: Emv3dsConnector, checkout: CheckoutConnector) => [emv3ds, checkout],
            inject: [Emv3dsConnector, CheckoutConnector],
          },
        }),
      ],
    };
  }
}
