import { APP_CONFIG, HealthRegistry, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { setTimeout as sleep } from 'node:timers/promises';
import { CARD_RANGE_TICK_MS, SHUTDOWN_PATIENCE_MS } from '../emv3ds.settings';
import { CardRangeRefresh } from './card-range.refresh';
import { CardRanges } from './card-ranges';
import { DirectoryServers } from './directory-servers';

/** Keeps every replica's ranges in step with the database, and a worker's database in step with directory servers. */
@Injectable()
export class CardRangeJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private running: Promise<void> | null = null;
  private started = false;
  private stopped = false;

  constructor(
    private readonly servers: DirectoryServers,
    private readonly ranges: CardRanges,
    private readonly refresh: CardRangeRefresh,
    private readonly health: HealthRegistry,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Readiness waits for the first answer of every directory server; the start itself does not. */
  async onApplicationBootstrap(): Promise<void> {
    this.health.register('card-ranges', () => {
      if (!this.ranges.isReady) throw new Error('Card ranges have not been asked for yet');
    });
    await this.servers.configureDemo();
    await this.ranges.reload();
    void this.tick();
  }

  /** A round under way gets a moment while the database is still there; a silent directory server gets no more. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.refresh.stop();
    await Promise.race([this.running, sleep(SHUTDOWN_PATIENCE_MS, undefined, { ref: false })]);
  }

  /** One round; a round that is still running is not joined by a second. Each server's update takes its lease. */
  @Interval('card-ranges', CARD_RANGE_TICK_MS)
  async tick(): Promise<void> {
    if (this.stopped) return;
    this.running ??= this.round().finally(() => (this.running = null));
    await this.running;
  }

  private async round(): Promise<void> {
    try {
      await this.ranges.reload();
      if (this.config.role === 'api') return;
      const atStart = !this.started;
      this.started = true;
      const asked = await this.refresh.refreshDue({ atStart });
      if (asked > 0) await this.ranges.reload();
    } catch (error) {
      // The next round tries again; ranges in memory keep serving.
      if (!this.stopped) this.log.error({ err: error }, 'card range round failed');
    }
  }
}
