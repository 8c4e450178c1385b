import type { Clock } from '@app/kernel';
import { CLOCK, type MerchantScope } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CallbackFiguresRepository, type MinuteOfCallbacks } from '../persistence/callback-figures.repository';
import type { CallbackEndpoint, CallbackFigures, CallbackHour } from './callback-figures';

const MINUTES = 60;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** How it goes with callbacks, of the merchants of a scope. */
@Injectable()
export class CallbackOverview {
  constructor(
    private readonly figures: CallbackFiguresRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of both environments, which never meet. */
  async show(merchants: MerchantScope): Promise<CallbackFigures[]> {
    const now = this.clock.now();
    const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
    const from = new Date(minute - (MINUTES - 1) * MINUTE_MS);
    const [standing, minutes] = await Promise.all([
      this.figures.standing(now, merchants),
      this.figures.since(from, now, merchants),
    ]);
    return (['live', 'test'] as const).map((environment) => {
      const own = standing.find((one) => one.environment === environment);
      return {
        environment,
        due: own?.due ?? 0,
        oldestDueAt: own?.oldestDueAt ?? null,
        failing: own?.failing ?? 0,
        dead: own?.dead ?? 0,
        hour: hourOf(minutes.filter((one) => one.environment === environment)),
      };
    });
  }

  /** Where those of the last 24 hours went, the busiest first; the busiest fifty. */
  endpoints(merchants: MerchantScope): Promise<CallbackEndpoint[]> {
    return this.figures.endpoints(new Date(this.clock.now().getTime() - DAY_MS), merchants);
  }
}

/** The line without a minute is that of the whole hour. */
function hourOf(lines: readonly MinuteOfCallbacks[]): CallbackHour {
  const whole = lines.find(({ minute }) => minute === null);
  return {
    owed: whole?.owed ?? 0,
    delivered: whole?.delivered ?? 0,
    atFirstTry: whole?.atFirstTry ?? 0,
    lagP50: whole?.lagP50 ?? null,
    lagP95: whole?.lagP95 ?? null,
    lagPerMinute: Array.from(
      { length: MINUTES },
      (_, index) => lines.find(({ minute }) => minute === index)?.lagP50 ?? null,
    ),
  };
}
