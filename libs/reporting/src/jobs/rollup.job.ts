import { APP_CONFIG, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Rollups } from '../rollups.service';

const EVERY_MS = 60_000;
const LEASE_MS = 300_000;

/** Keeps the rollups of reports up to date: a bounded piece each minute, wherever the last one has ended. */
@Injectable()
export class RollupJob {
  constructor(
    private readonly rollups: Rollups,
    private readonly leases: Leases,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Never throws: the database may be away for a while. */
  @Interval('report-rollup', EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    try {
      await this.leases.withLease('reports.rollup', LEASE_MS, async () => {
        const hours = await this.rollups.rollUp();
        if (hours > 0) this.log.debug({ hours }, 'hours of reports rolled up');
      });
    } catch (error) {
      this.log.error({ err: error }, 'reports could not be rolled up');
    }
  }
}
