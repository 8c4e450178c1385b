import type { Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { IdempotencyRepository } from '../persistence/idempotency.repository';
import { NoticeRepository } from '../persistence/notice.repository';
import { SessionRepository } from '../persistence/session.repository';

const HOUR_MS = 3_600_000;
const NOTICE_DAYS = 30;

/** Keeps the tables in shape: partitions ahead of time, memory that ended its life removed. */
@Injectable()
export class HousekeepingJob implements OnApplicationBootstrap {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly notices: NoticeRepository,
    private readonly idempotency: IdempotencyRepository,
    private readonly leases: Leases,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.sessions.ensurePartitions(this.clock.now());
  }

  @Interval(HOUR_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    const done = this.leases.withLease('sessions.housekeeping', HOUR_MS / 2, async () => {
      const now = this.clock.now();
      await this.sessions.ensurePartitions(now);
      await this.sessions.deleteExpiredCorrelations(now);
      await this.idempotency.deleteExpired(now);
      await this.notices.deleteReceivedBefore(new Date(now.getTime() - NOTICE_DAYS * 24 * HOUR_MS));
    });
    await done.catch((error: unknown) => this.log.error({ err: error }, 'housekeeping failed'));
  }
}
