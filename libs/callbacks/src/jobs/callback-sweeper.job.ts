import { APP_CONFIG, FairClaims, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CallbackDeliveries, TRY_TIMEOUT_MS } from '../callback-deliveries';
import type { ClaimedCallback } from '../domain/callback-message';

/** Tries that one process makes at a time, and how many of them may be one merchant's. */
const CONCURRENCY = 64;
const SHARE = 8;

/** Ticks between two looks at the backlog. */
const MEASURE_EVERY = 15;

/**
 * Sends what is due and finishes what a dead process left. Rows are claimed one by one (SKIP LOCKED), so any number of
 * workers share the queue and no lease is needed.
 */
@Injectable()
export class CallbackSweeper implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly claims = new FairClaims(
    { concurrency: CONCURRENCY, share: SHARE },
    async (room, busy, begin) => {
      const start = (messages: readonly ClaimedCallback[]): void => {
        for (const message of messages) begin(this.deliveries.attempt(message, TRY_TIMEOUT_MS), message.merchantId);
      };
      const due = await this.deliveries.claimDue(room, SHARE, busy);
      start(due);
      const left = room - due.length;
      if (left > 0) start(await this.deliveries.claimResends(left, SHARE, busy));
      const untold = await this.deliveries.claimUntold(CONCURRENCY);
      for (const message of untold) begin(this.deliveries.tell(message));
    },
    (error) => this.log.error({ err: error }, 'callback result could not be recorded'),
  );
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
    return this.deliveries.isBound ? this.claims.fill() : Promise.resolve();
  }

  /** Resolves when no claim and no try is under way any more. */
  settled(): Promise<void> {
    return this.claims.settled();
  }

  onModuleDestroy(): void {
    this.claims.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }
}
