import { APP_CONFIG, EventLoop, LOG, Replicas, type AppConfig, type Logger } from '@app/platform';
import { SystemClock } from '@app/kernel';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { hostname } from 'node:os';
import { PRODUCT_VERSION } from '../product-version';
import { Ticks } from './ticks';

const EVERY_MS = 10_000;

/**
 * Tells of this process, every ten seconds: one statement about one row of its own. While the database is away it says so once,
 * and nothing waits for it: one heartbeat at a time, whatever becomes of it.
 */
@Injectable()
export class HeartbeatJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly startedAt = new SystemClock().now();
  private isStopping = false;
  private beating: Promise<void> | null = null;
  private isHeard = true;

  constructor(
    private readonly replicas: Replicas,
    @Inject(EventLoop) private readonly loop: Pick<EventLoop, 'delayMs'>,
    private readonly ticks: Ticks,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.beat();
  }

  /** Never throws: the database may be away for a while. */
  @Interval('heartbeat', EVERY_MS)
  async beat(): Promise<void> {
    if (this.isStopping) return;
    this.beating ??= this.tell().finally(() => (this.beating = null));
    await this.beating;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.beating;
    await this.replicas.leave().catch((error: unknown) => this.log.warn({ err: error }, 'this process stays listed'));
  }

  private async tell(): Promise<void> {
    try {
      await this.replicas.beat({
        role: this.config.role,
        version: PRODUCT_VERSION,
        host: hostname(),
        pid: process.pid,
        startedAt: this.startedAt,
        eventLoopDelayMs: this.loop.delayMs,
        memoryBytes: process.memoryUsage.rss(),
        ticks: this.ticks.report(),
      });
      if (!this.isHeard) this.log.info('this process tells of itself again');
      this.isHeard = true;
    } catch (error) {
      if (this.isHeard) this.log.error({ err: error }, 'this process could not tell of itself');
      this.isHeard = false;
    }
  }
}
