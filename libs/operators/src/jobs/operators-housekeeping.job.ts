import { AdminRequests, APP_CONFIG, Leases, LOG, type AppConfig, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AuditLog } from '../audit-log.service';
import { Invitations } from '../invitations.service';
import { OidcTickets } from '../oidc/oidc-tickets.service';
import { OperatorSessions } from '../operator-sessions.service';
import { SignInThrottle } from '../sign-in-throttle.service';

/** What is over is refused anyway; this is only so that tables do not grow. */
const EVERY_MS = 600_000;
const LEASE_MS = 60_000;

/** Deletes sessions, invitations and names of requests that have ended, and failures that are forgotten; notes where the audit log ends. */
@Injectable()
export class OperatorsHousekeepingJob {
  constructor(
    private readonly sessions: OperatorSessions,
    private readonly invitations: Invitations,
    private readonly throttle: SignInThrottle,
    private readonly tickets: OidcTickets,
    private readonly requests: AdminRequests,
    private readonly audit: AuditLog,
    private readonly leases: Leases,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role'>,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Never throws: the database may be away for a while. */
  @Interval('operators-housekeeping', EVERY_MS)
  async tick(): Promise<void> {
    if (this.config.role === 'api') return;
    try {
      await this.leases.withLease('operators.housekeeping', LEASE_MS, async () => {
        await this.sessions.clean();
        await this.invitations.clean();
        await this.throttle.clean();
        await this.tickets.clean();
        await this.requests.forget();
        await this.audit.tellEnd();
      });
    } catch (error) {
      this.log.error({ err: error }, 'housekeeping of operators failed');
    }
  }
}
