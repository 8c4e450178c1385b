import type { Clock } from '@app/kernel';
import { CLOCK, LOG, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { setImmediate as othersHadTheirTurn, setTimeout as sleep } from 'node:timers/promises';
import { AuthenticationValues } from '../authentication-values';
import { AUTHENTICATION_VALUE_HOURS, minutesAfter } from '../domain/deadlines';
import { DemoSessionRepository } from '../persistence/demo-session.repository';
import { MOST_SESSIONS, planDemoByHour, type PlannedSession } from './demo-plan';
import { tellDemo, type DemoStory, type SealValue } from './demo-story';

/** The same at every start, so that a start that was cut off is gone on with. */
const SEED = 20_260_803;
/** Sessions of one statement. Between two of them others have their turn. */
const CHUNK = 20;
const PAUSE_MS = 10;

/** Fills the demo with sessions that never were. */
@Injectable()
export class DemoSessions implements BeforeApplicationShutdown {
  #isStopping = false;
  #work: Promise<void> | null = null;

  constructor(
    private readonly repository: DemoSessionRepository,
    private readonly values: AuthenticationValues,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Tells thirty days of sessions that end at `now`; what an earlier start has told with the same `now` is left as it is.
   * In the background: resolves when all is stored or the server stops, and never rejects.
   */
  fill(now: Date): Promise<void> {
    this.#work ??= this.tellAll(now).catch((error: unknown) => {
      this.log.error({ err: error }, 'the demo could not be filled; the next start goes on');
    });
    return this.#work;
  }

  /** The database is there until the statement under way has ended. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    await this.#work;
  }

  private async tellAll(now: Date): Promise<void> {
    const planned = await this.plan(now);
    const [first] = planned;
    const last = planned.findLast((one) => tellDemo(one, now) !== null);
    // The oldest come first: where the newest is, all are.
    if (first === undefined || last === undefined || (await this.repository.has(last.id))) return;
    const begunAt = this.clock.now();
    await this.repository.ensurePartitions(first.at);
    let added = 0;
    for (let from = 0; from < planned.length && !this.#isStopping; from += CHUNK) {
      const chunk = planned.slice(from, from + CHUNK).map((one) => tellDemo(one, now, this.seal));
      added += await this.repository.insert(chunk.filter((story): story is DemoStory => story !== null));
      await sleep(PAUSE_MS);
    }
    await this.repository.analyze();
    const durationMs = this.clock.now().getTime() - begunAt.getTime();
    this.log.info({ added, durationMs, isWhole: !this.#isStopping }, 'the demo was filled with demo data');
  }

  /** Of an older session nobody could read the value any more. */
  private readonly seal: SealValue = (session, facts) =>
    minutesAfter(session.createdAt, AUTHENTICATION_VALUE_HOURS * 60) > this.clock.now()
      ? this.values.seal(session, facts)
      : null;

  /** Hour by hour: made at one go, the plan would hold up the server for a tenth of a second. */
  private async plan(now: Date): Promise<readonly PlannedSession[]> {
    const planned: PlannedSession[] = [];
    for (const hour of planDemoByHour(SEED, now)) {
      planned.push(...hour);
      await othersHadTheirTurn();
    }
    return planned.slice(-MOST_SESSIONS);
  }
}
