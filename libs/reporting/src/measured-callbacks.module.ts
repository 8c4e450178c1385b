import { CALLBACK_MEASURES } from '@app/platform';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MeasuredCallbacks } from './measured-callbacks.service';
import { DEMO_MERCHANTS } from './reporting.tokens';

/** Callbacks one by one in the definitions of reports, without the rest of reports. */
@Global()
@Module({})
export class MeasuredCallbacksModule {
  /** @param demoMerchants merchants (UUIDs) whose sessions were made up, and are told apart from all others */
  static forRoot({ demoMerchants }: { demoMerchants: readonly string[] }): DynamicModule {
    return {
      module: MeasuredCallbacksModule,
      providers: [
        MeasuredCallbacks,
        { provide: DEMO_MERCHANTS, useValue: demoMerchants },
        { provide: CALLBACK_MEASURES, useExisting: MeasuredCallbacks },
      ],
      exports: [CALLBACK_MEASURES],
    };
  }
}
