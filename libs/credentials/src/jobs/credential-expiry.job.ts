import { encodeId, type Clock } from '@app/kernel';
import {
  APP_CONFIG,
  DOMAIN_EVENTS,
  Leases,
  LOG,
  Metrics,
  type AppConfig,
  type DomainEvents,
  type Logger,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Gauge } from 'prom-client';
import { CREDENTIALS_CLOCK } from '../credentials.clock';
import { daysLeft, dueRung, RUNGS } from '../domain/expiry-ladder';
import { CredentialExpiryRepository, type ExpiringCredential } from '../persistence/credential-expiry.repository';

/** Far more often than the ladder's days, so that a restart loses nothing and the gauge is never old. */
const EVERY_MS = 600_000;
const LEASE_MS = 120_000;
const DAY_MS = 86_400_000;
const AT_A_TIME = 500;
/** The gauge has one line per account: those that end first. */
const SHOWN = 200;
/** How long an ended credential can still be looked at. */
const KEPT_DAYS = 30;

/** Tells in time that credentials at upstreams end, and destroys those that have been replaced long ago. */
@Injectable()
export class CredentialExpiryJob {
  private readonly days: Gauge<'merchant' | 'account'>;

  constructor(
    private readonly repository: CredentialExpiryRepository,
    private readonly leases: Leases,
    @Inject(DOMAIN_EVENTS) private readonly events: DomainEvents,
    metrics: Metrics,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.days = metrics.gauge(
      'credential_expires_days',
      'Days until the newest credential of a connector account ends, as the merchant told; 90 days ahead, 200 at most',
      ['merchant', 'account'],
    );
  }

  /** Never throws: the database may be away for a while. */
  @Interval('credential-expiry', EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    try {
      await this.measure();
      await this.leases.withLease('credentials.expiry', LEASE_MS, async () => {
        await this.announce();
        await this.repository.deleteEnded(new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS));
      });
    } catch (error) {
      this.log.error({ err: error }, 'expiry of credentials not looked at');
    }
  }

  // Every worker has the gauge, whoever has the lease: a value that nobody renews would be worse than none.
  private async measure(): Promise<void> {
    const now = this.clock.now();
    const ending = await this.repository.findEnding(new Date(now.getTime() + RUNGS[0] * DAY_MS), SHOWN);
    this.days.reset();
    for (const { merchantId, accountId, expiresAt } of ending) {
      this.days.set(
        { merchant: encodeId('merchant', merchantId), account: encodeId('connectorAccount', accountId) },
        daysLeft(expiresAt, now),
      );
    }
  }

  // Published first and noted then: a process that dies in between says it twice rather than never.
  private async announce(): Promise<void> {
    const now = this.clock.now();
    for (const credential of await this.repository.findUnannounced(RUNGS, now, AT_A_TIME)) {
      const rung = dueRung(credential.expiresAt, now, credential.announcedDays);
      if (rung === null) continue;
      await this.publish(credential, rung, now);
      await this.repository.setAnnounced(credential.id, credential.expiresAt, rung);
    }
  }

  private async publish(credential: ExpiringCredential, rung: number, at: Date): Promise<void> {
    const { connector, environment, clientId, expiresAt } = credential;
    await this.events.publish({
      type: rung === 0 ? 'credential.expired' : 'credential.expiring',
      at,
      merchantId: credential.merchantId,
      subject: encodeId('connectorAccount', credential.accountId),
      data: { connector, environment, clientId, daysLeft: daysLeft(expiresAt, at), expiresAt: expiresAt.toISOString() },
    });
  }
}
