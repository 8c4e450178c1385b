import type { TransStatus } from '@app/authentication-port';
import { PublicAddress } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { isBorneOut } from '../domain/claimed-result';
import type { Session } from '../domain/session';
import { HostedAlerts } from './hosted-alerts';
import { HostedLinks } from './hosted-links.service';
import { HOSTED_PATH } from './hosted.settings';
import { ReturnTickets } from './return-ticket';

/** Where browsers go on that come back from an issuer's page without a frame around them. */
@Injectable()
export class HostedReturns {
  constructor(
    private readonly tickets: ReturnTickets,
    private readonly links: HostedLinks,
    private readonly address: PublicAddress,
    private readonly alerts: HostedAlerts,
  ) {}

  /** The session (UUID) whose page gave this to the issuer; null where none of ours did. */
  sessionOf(sessionData: string | undefined): string | null {
    return sessionData === undefined ? null : this.tickets.sessionOf(sessionData);
  }

  /**
   * The page of a session, for a browser that brings back what that very page gave to the issuer, and a note that it did; null
   * for any other. `claim` is what it says of the result: operators hear of one that is not borne out.
   */
  async pageOf(session: Session, sessionData?: string, claim?: TransStatus): Promise<string | null> {
    if (session.flow !== 'hosted') return null;
    const { transStatus } = session.attempt.facts;
    if (!isBorneOut(claim, transStatus)) {
      this.alerts.raise('cres_contradicted', session, { claimed: String(claim), transStatus: transStatus ?? 'none' });
    }
    if (sessionData === undefined) return null;
    if (this.sessionOf(sessionData) !== session.id) {
      this.alerts.raise('return_refused', session);
      return null;
    }
    await this.links.noteReturn(session);
    const token = await this.links.tokenOf(session);
    return token && `${this.address.url}${HOSTED_PATH}/${token.expose()}`;
  }
}
