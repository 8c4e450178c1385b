import { APP_CONFIG, LOG, type AppConfig, type Logger } from '@app/platform';
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
  private readonly inFlight = new Set<Promise<void>>();
  private readonly busy = new Map<string, number>();
  private claiming: Promise<void> | null = null;
  /** The queue was longer than the room, or one merchant's than its share: a place that gets free is filled at once. */
  private isMoreLikely = false;
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
    const asked = new Map(this.busy);
    const due = this.begin(await this.deliveries.claimDue(room, SHARE, asked), asked);
    const left = room - due;
    const again = left > 0 ? this.begin(await this.deliveries.claimResends(left, SHARE, asked), asked) : 0;
    this.isMoreLikely = due + again === room || [...asked.values()].some((places) => places >= SHARE);
    const untold = await this.deliveries.claimUntold(CONCURRENCY);
    for (const message of untold) this.run(this.deliveries.tell(message));
  }

  /** Starts on messages and counts their places as `asked` for; gives how many they are. */
  private begin(messages: readonly ClaimedCallback[], asked: Map<string, number>): number {
    for (const { merchantId } of messages) {
      count(asked, merchantId, 1);
      count(this.busy, merchantId, 1);
    }
    for (const message of messages) this.run(this.deliveries.attempt(message, TRY_TIMEOUT_MS), message.merchantId);
    return messages.length;
  }

  private run(work: Promise<unknown>, merchantId?: string): void {
    const done: Promise<void> = work
      .then(
        () => true,
        (error: unknown) => {
          this.log.error({ err: error }, 'callback result could not be recorded');
          return false;
        },
      )
      .then(async (isWell) => {
        this.inFlight.delete(done);
        if (merchantId === undefined) return;
        count(this.busy, merchantId, -1);
        // A claim that is under way has not seen this place get free.
        await this.claiming;
        if (isWell && this.isMoreLikely) await this.sweep();
      })
      .catch((error: unknown) => this.log.error({ err: error }, 'callback sweep failed'));
    this.inFlight.add(done);
  }
}

function count(places: Map<string, number>, merchantId: string, more: number): void {
  const now = (places.get(merchantId) ?? 0) + more;
  if (now > 0) places.set(merchantId, now);
  else places.delete(merchantId);
}
