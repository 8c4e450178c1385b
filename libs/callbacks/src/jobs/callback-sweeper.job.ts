import { APP_CONFIG, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CallbackDeliveries, TRY_TIMEOUT_MS } from '../callback-deliveries';

/** Tries that one process makes at a time. */
const CONCURRENCY = 32;

/** Ticks between two looks at the backlog. */
const MEASURE_EVERY = 15;

/**
 * Sends what is due and finishes what a dead process left. Rows are claimed one by one (SKIP LOCKED), so any number of
 * workers share the queue and no lease is needed.
 */
@Injectable()
export class CallbackSweeper implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly inFlight = new Set<Promise<void>>();
  private claiming: Promise<void> | null = null;
  private isStopping = false;
  private ticks = 0;

  constructor(
    private readonly deliveries: CallbackDeliveries,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** The scheduled second. Never throws: the database may be away for a while. */
  @Interval('callback-sweeper', 1000)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    try {
      await this.sweep();
      if (this.ticks++ % MEASURE_EVERY === 0) await this.deliveries.measure();
    } catch (error) {
      this.log.error({ err: error }, 'callback sweep failed');
    }
  }

  /** Claims what is due as far as there is room and starts on it; does not wait for the tries. Never overlaps itself. */
  sweep(): Promise<void> {
    if (this.isStopping || !this.deliveries.isBound) return Promise.resolve();
    this.claiming ??= this.claim().finally(() => (this.claiming = null));
    return this.claiming;
  }

  /** Resolves when no claim and no try is under way any more. */
  async settled(): Promise<void> {
    while (this.claiming !== null || this.inFlight.size > 0) {
      await Promise.allSettled([this.claiming, ...this.inFlight]);
    }
  }

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private async claim(): Promise<void> {
    const room = CONCURRENCY - this.inFlight.size;
    if (room <= 0) return;
    const due = await this.deliveries.claimDue(room);
    for (const message of due) this.run(this.deliveries.attempt(message, TRY_TIMEOUT_MS), due.length === room);
    const untold = await this.deliveries.claimUntold(CONCURRENCY);
    for (const message of untold) this.run(this.deliveries.tell(message), false);
  }

  /** `isMoreLikely`: the queue was longer than the room, so a place that gets free is filled without waiting a second. */
  private run(work: Promise<unknown>, isMoreLikely: boolean): void {
    const done: Promise<void> = work
      .then(
        () => isMoreLikely,
        (error: unknown) => {
          this.log.error({ err: error }, 'callback result could not be recorded');
          return false;
        },
      )
      .then(async (refill) => {
        this.inFlight.delete(done);
        if (refill) await this.sweep();
      })
      .catch((error: unknown) => this.log.error({ err: error }, 'callback sweep failed'));
    this.inFlight.add(done);
  }
}
