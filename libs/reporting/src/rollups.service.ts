import type { Clock } from '@app/kernel';
import { CLOCK, Metrics } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { HOUR_MS, hourOf } from './domain/rolled';
import { RollupRepository } from './persistence/rollup.repository';

/**
 * An hour can be rolled up so long after its end. A merchant may try a request again for 24 h, and its session then has the id that
 * the first try made; what stands for a session as the last of a purchase is at most 30 min younger.
 */
const SETTLED_AFTER_MS = 25 * HOUR_MS;

/** When nothing in it has changed for so long: what a page tells of a session comes up to 15 min after its end. */
const QUIET_MS = 20 * 60_000;

/** How many hours are rolled up at once, and for how long at most: their number may be that of years. */
const HOURS = 60;
const FOR_MS = 15_000;

/** Rolls hours up that are settled: final statuses have no exits, so that what was counted then stays right. */
@Injectable()
export class Rollups {
  private readonly behind;

  constructor(
    private readonly rollups: RollupRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.behind = metrics.gauge('report_hours_to_roll_up', 'Settled hours that reports still count from the sessions');
  }

  /**
   * The youngest hours first, as they are those that are asked for; returns how many it rolled up.
   * @throws the error of the first hour that failed, after the others had their turn
   */
  async rollUp(): Promise<number> {
    const now = this.clock.now();
    const begin = await this.rollups.begin();
    if (begin === null) return 0;
    await this.rollups.keepBefore(hourOf(begin));
    const window = { from: hourOf(begin), to: hourOf(new Date(now.getTime() - SETTLED_AFTER_MS)) };
    const { hours, total } = await this.rollups.hoursToRoll(window, HOURS);
    const quietSince = new Date(now.getTime() - QUIET_MS);
    let rolled = 0;
    const failures: unknown[] = [];
    for (const hour of hours) {
      if (this.clock.now().getTime() - now.getTime() > FOR_MS) break;
      try {
        if (await this.rollups.rollUp(hour, quietSince, now)) rolled += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    this.behind.set(total - rolled);
    if (failures.length > 0) throw failures[0];
    return rolled;
  }
}
