import { Callbacks } from '@app/callbacks';
import type { Clock } from '@app/kernel';
import { APP_CONFIG, CLOCK, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval, Timeout } from '@nestjs/schedule';
import { ActRequests } from '../admin/act-requests.service';
import { BulkJobRepository } from '../persistence/bulk-job.repository';
import { HostedLinkRepository } from '../persistence/hosted-link.repository';
import { IdempotencyRepository } from '../persistence/idempotency.repository';
import { NoticeRepository } from '../persistence/notice.repository';
import { SessionRetryRepository } from '../persistence/session-retry.repository';
import { SessionRepository } from '../persistence/session.repository';

const HOUR_MS = 3_600_000;
const NOTICE_DAYS = 30;
/** Callbacks that were delivered so long ago are of no use to anybody. */
const CALLBACK_DAYS = 30;
/** Who looks for older acts finds each in the audit log. */
const JOB_DAYS = 30;
/** Soon after the start: a process that is restarted every hour must not put it off for ever. */
const SOON_MS = 60_000;

/** Keeps the tables in shape: partitions ahead of time, memory that ended its life removed. */
@Injectable()
export class HousekeepingJob implements OnApplicationBootstrap {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly notices: NoticeRepository,
    private readonly links: HostedLinkRepository,
    private readonly idempotency: IdempotencyRepository,
    private readonly acts: ActRequests,
    private readonly jobs: BulkJobRepository,
    private readonly retries: SessionRetryRepository,
    private readonly callbacks: Callbacks,
    private readonly leases: Leases,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.sessions.ensurePartitions(this.clock.now());
  }

  /** Every role's: one that serves the API must not depend on a worker that may be away for weeks. */
  @Interval(HOUR_MS)
  async ensurePartitions(): Promise<void> {
    await this.leased('sessions.partitions', () => this.sessions.ensurePartitions(this.clock.now()));
  }

  @Timeout(SOON_MS)
  async soon(): Promise<void> {
    await this.tick();
  }

  @Interval(HOUR_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    await this.leased('sessions.housekeeping', async () => {
      const now = this.clock.now();
      await this.sessions.deleteExpiredCorrelations(now);
      await this.idempotency.deleteExpired(now);
      await this.links.deleteForgotten(now);
      await this.acts.forget();
      await this.retries.deleteWithoutCards();
      await this.jobs.deleteEndedBefore(daysBefore(now, JOB_DAYS));
      await this.notices.deleteReceivedBefore(daysBefore(now, NOTICE_DAYS));
      await this.callbacks.forgetDeliveredBefore(daysBefore(now, CALLBACK_DAYS));
    });
  }

  private async leased(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.leases.withLease(name, HOUR_MS / 2, work);
    } catch (error) {
      this.log.error({ err: error, tick: name }, 'housekeeping failed');
    }
  }
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 24 * HOUR_MS);
}
