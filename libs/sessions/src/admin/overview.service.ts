import type { Clock } from '@app/kernel';
import { CLOCK, type AdminActor } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { SessionFiguresRepository } from '../persistence/session-figures.repository';
import type { HourOfSessions, SessionFigures } from './session-figures';

const MINUTES = 60;
const MINUTE_MS = 60_000;
const COUNTED = [
  'sessions',
  'submitted',
  'submittedForAuthentication',
  'approved',
  'attempted',
  'frictionless',
  'challengeRequested',
] as const;

/** How it goes, for who looks at it all day: the last hour, within an operator's scope. */
@Injectable()
export class Overview {
  constructor(
    private readonly figures: SessionFiguresRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The last sixty minutes, the present one included; environments never meet. */
  async lastHour({ merchants }: AdminActor): Promise<HourOfSessions[]> {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE_MS) * MINUTE_MS;
    const minutes = await this.figures.since(new Date(minute - (MINUTES - 1) * MINUTE_MS), merchants);
    return (['live', 'test'] as const).map((environment) => {
      const own = minutes.filter((one) => one.environment === environment);
      const perMinute = Array.from({ length: MINUTES }, (_, index) =>
        sumOf(own.filter(({ minute }) => minute === index)),
      );
      return { environment, minutes: perMinute, ...sumOf(own) };
    });
  }
}

function sumOf(figures: readonly SessionFigures[]): SessionFigures {
  const sums = COUNTED.map((name) => [name, figures.reduce((sum, one) => sum + one[name], 0)]);
  return Object.fromEntries(sums) as SessionFigures;
}
