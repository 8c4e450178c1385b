import type { Clock } from '@app/kernel';
import { CLOCK, type MerchantScope } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorHealthRepository } from '../persistence/connector-health.repository';
import { SessionFiguresRepository } from '../persistence/session-figures.repository';
import type { ConnectorHealth } from './connector-health';
import type { HourOfSessions, SessionFigures } from './session-figures';

const MINUTES = 60;
const EACH_MINUTE = Array.from({ length: MINUTES }, (_, index) => index);
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

/** How it goes, for who looks at it all day: the last sixty minutes, the present one included; environments never meet. */
@Injectable()
export class Overview {
  constructor(
    private readonly figures: SessionFiguresRepository,
    private readonly connectors: ConnectorHealthRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sessions of the merchants of a scope. */
  async lastHour(merchants: MerchantScope): Promise<HourOfSessions[]> {
    const [minutes, overdue] = await Promise.all([
      this.figures.since(this.firstMinute(), merchants),
      this.figures.pastDeadline(this.clock.now(), merchants),
    ]);
    return (['live', 'test'] as const).map((environment) => {
      const own = minutes.filter((one) => one.environment === environment);
      const perMinute = EACH_MINUTE.map((index) => sumOf(own.filter(({ minute }) => minute === index)));
      const pastDeadline = overdue.find((one) => one.environment === environment)?.sessions ?? 0;
      return { environment, minutes: perMinute, pastDeadline, ...sumOf(own) };
    });
  }

  /** Calls of those sessions to the other sides of their connectors; of connectors that were called. */
  async connectorsInLastHour(merchants: MerchantScope): Promise<ConnectorHealth[]> {
    const lines = await this.connectors.since(this.firstMinute(), merchants);
    return lines
      .filter(({ minute }) => minute === null)
      .map(({ minute: _, ...whole }) => {
        const own = lines.filter((one) => one.environment === whole.environment && one.connector === whole.connector);
        return {
          ...whole,
          p50PerMinute: EACH_MINUTE.map((i) => own.find(({ minute }) => minute === i)?.p50Ms ?? null),
        };
      })
      .sort((a, b) => byName(a.environment, b.environment) || byName(a.connector, b.connector));
  }

  private firstMinute(): Date {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE_MS) * MINUTE_MS;
    return new Date(minute - (MINUTES - 1) * MINUTE_MS);
  }
}

const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function sumOf(figures: readonly SessionFigures[]): SessionFigures {
  const sums = COUNTED.map((name) => [name, figures.reduce((sum, one) => sum + one[name], 0)]);
  return Object.fromEntries(sums) as SessionFigures;
}
