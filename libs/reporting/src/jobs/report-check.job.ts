import { APP_CONFIG, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ReportChecks } from '../report-checks.service';

/** Whoever asked for a check waits for its beginning. */
const EVERY_MS = 5_000;
/** A worker that died leaves the check to others then: prolonged while it goes on, which may be long. */
const LEASE_MS = 60_000;
const LEASE = 'reports.check';

/** Does the checks of reports that are due, on one worker at a time. */
@Injectable()
export class ReportCheckJob implements OnModuleDestroy, BeforeApplicationShutdown {
  private running: Promise<void> | null = null;

  constructor(
    private readonly checks: ReportChecks,
    private readonly leases: Leases,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Never throws: the database may be away for a while. Never overlaps itself. */
  @Interval('report-check', EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api' || this.running !== null) return;
    this.running = this.work();
    await this.running;
    this.running = null;
  }

  onModuleDestroy(): void {
    this.checks.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  private async work(): Promise<void> {
    try {
      await this.leases.withLease(LEASE, LEASE_MS, (fence) =>
        this.leases.prolonging(LEASE, { fence, ttlMs: LEASE_MS }, async (lost) => {
          await this.checks.work(lost);
        }),
      );
    } catch (error) {
      this.log.error({ err: error }, 'reports could not be checked');
    }
  }
}
