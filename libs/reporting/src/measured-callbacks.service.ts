import type { CallbackCount, CallbackMeasures } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { aboutSession } from './persistence/about-session.sql';
import { CALLBACK_COUNT_SQL } from './persistence/callbacks.sql';
import { DEMO_MERCHANTS } from './reporting.tokens';

/** Callbacks one by one in the definitions of reports. */
@Injectable()
export class MeasuredCallbacks implements CallbackMeasures {
  readonly about: CallbackMeasures['about'];

  constructor(@Inject(DEMO_MERCHANTS) demoMerchants: readonly string[]) {
    this.about = aboutSession(demoMerchants);
  }

  countsAs(count: CallbackCount): string {
    return CALLBACK_COUNT_SQL[count]('m');
  }
}
