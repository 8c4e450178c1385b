import { APP_CONFIG, Leases, LOG, OutboundHttp, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CardRanges } from '../card-ranges/card-ranges';
import { DirectoryServerHealthRepository } from '../persistence/directory-server-health.repository';
import { CallTally } from './call-tally';
import { maskedName } from './server-health';

const WRITE_EVERY_MS = 10_000;
const CLEAN_EVERY_MS = 600_000;
const LEASE_MS = 60_000;

/** Writes down what this process saw of directory servers: now and then, for nobody waits for it. */
@Injectable()
export class DirectoryServerHealthJob implements BeforeApplicationShutdown {
  /** When the certificate was seen that was written last, by the address of its server. */
  private readonly written = new Map<string, number>();

  constructor(
    private readonly tally: CallTally,
    private readonly ranges: CardRanges,
    private readonly health: DirectoryServerHealthRepository,
    private readonly http: OutboundHttp,
    private readonly leases: Leases,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Interval('directory-server-health', WRITE_EVERY_MS)
  async write(): Promise<void> {
    await this.told(() => this.writeCalls());
    await this.told(() => this.writeCertificates());
  }

  @Interval('directory-server-health-cleaning', CLEAN_EVERY_MS)
  async clean(): Promise<void> {
    if (this.config.role === 'api') return;
    await this.told(() =>
      this.leases.withLease('connector-emv3ds.clean', LEASE_MS, async () => {
        await this.health.deleteOld();
      }),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.told(() => this.writeCalls());
  }

  private async writeCalls(): Promise<void> {
    const counted = this.tally.take();
    if (counted.length === 0) return;
    try {
      await this.health.add(counted);
    } catch (error) {
      this.tally.putBack(counted);
      throw error;
    }
  }

  private async writeCertificates(): Promise<void> {
    for (const { environment, id, url } of this.ranges.servers()) {
      const seen = this.http.certificateOf(url);
      const key = `${environment}-${id} ${url}`;
      if (!seen || this.written.get(key) === seen.seenAt.getTime()) continue;
      const { notBefore, notAfter, seenAt } = seen;
      const names = { subject: maskedName(seen.subject), issuer: seen.issuer.slice(0, 200) };
      await this.health.saveCertificate({ environment, id, ...names, notBefore, notAfter, seenAt });
      this.written.set(key, seenAt.getTime());
    }
  }

  /** The database may be away for a while. */
  private async told(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ err: error }, 'health of directory servers not written down');
    }
  }
}
