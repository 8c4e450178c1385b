/** The simulator's parts: directory servers, ACS, scripted upstream, control, shop. */
import { Module, type DynamicModule } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import { AcsController } from './acs/acs.controller';
import { ChallengeService } from './acs/challenge.service';
import { SimulatorAddress } from './address';
import { CLOCK, SIMULATOR_CONFIG, type SimulatorConfig } from './config';
import { ControlController } from './control/control.controller';
import { FaultStore } from './control/fault.store';
import { ScriptStore } from './control/scripts';
import { DirectoryServerService } from './ds/directory-server.service';
import { DsController } from './ds/ds.controller';
import { ResultDelivery } from './ds/result-delivery';
import { Assets } from './shop/assets';
import { CallbackStore } from './shop/callback.store';
import { CallbacksController } from './shop/callbacks.controller';
import { DemoMerchantFile } from './shop/demo-merchant';
import { MerchantApi } from './shop/merchant-api';
import { ShopController } from './shop/shop.controller';
import { TransactionStore } from './transactions/transaction.store';
import { UPSTREAM_CONTROLLERS, UPSTREAM_PROVIDERS } from './upstream/upstream.module';

@Module({})
export class SimulatorModule {
  /** The module with its configuration and clock. */
  static with(config: SimulatorConfig, clock: Clock): DynamicModule {
    return {
      module: SimulatorModule,
      controllers: [
        DsController,
        AcsController,
        ControlController,
        CallbacksController,
        ShopController,
        ...UPSTREAM_CONTROLLERS,
      ],
      providers: [
        { provide: SIMULATOR_CONFIG, useValue: config },
        { provide: CLOCK, useValue: clock },
        SimulatorAddress,
        FaultStore,
        ScriptStore,
        TransactionStore,
        ResultDelivery,
        ChallengeService,
        DirectoryServerService,
        DemoMerchantFile,
        MerchantApi,
        CallbackStore,
        Assets,
        ...UPSTREAM_PROVIDERS,
      ],
    };
  }
}
