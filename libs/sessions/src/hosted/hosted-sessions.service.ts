import type { DeviceData } from '@app/authentication-port';
import { CountersignError, type Clock } from '@app/kernel';
import { CLOCK, Database } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { startedAttempt } from '../attempt-builder';
import { ConnectorRegistry } from '../connector-registry';
import { declineChallenge, leaveSession } from '../domain/cardholder-changes';
import { hashToken, isLinkOpen, LINK_TOKEN, type HostedLink } from '../domain/hosted-link';
import { legTimes, type ReportedLeg } from '../domain/page-leg';
import type { MethodCompletion, Session } from '../domain/session';
import { HostedLinkRepository } from '../persistence/hosted-link.repository';
import { SessionRepository } from '../persistence/session.repository';
import { SessionReader } from '../session-reader.service';
import type { SessionView } from '../session-view';
import { SessionWriter } from '../session-writer.service';
import { SessionsService } from '../sessions.service';
import type { WindowSize } from './challenge-request';

/** A hosted session that a cardholder came to by its link, both as they are now. */
export interface HostedVisit {
  link: HostedLink;
  session: Session;
  /** False: the link is over, with its session's deadline or a while after its end. */
  isOpen: boolean;
}

const ROUNDS = 10;

/**
 * The stories of the cardholder's page: those of the Sessions API, told by the link. What is not possible in the state that the
 * session is in by then changes nothing, and the visit as it is comes back: a page follows what it is given.
 */
@Injectable()
export class HostedSessions {
  constructor(
    private readonly links: HostedLinkRepository,
    private readonly repository: SessionRepository,
    private readonly sessions: SessionsService,
    private readonly reader: SessionReader,
    private readonly writer: SessionWriter,
    private readonly connectors: ConnectorRegistry,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By the token of a link; null when there is no such link, or it is forgotten. */
  async find(token: string): Promise<HostedVisit | null> {
    return LINK_TOKEN.test(token) ? this.visit(hashToken(token)) : null;
  }

  /** The page view that has the session from now on; those before it are elsewhere. */
  async takeView({ link }: HostedVisit, viewId: string): Promise<HostedVisit> {
    await this.links.takeView(link, viewId, this.clock.now());
    return this.again(link);
  }

  /**
   * The browser as it came, and what became of the 3DS Method; asks the issuer. What an upstream does not take ends the
   * session: a cardholder cannot mend it.
   */
  async collect(visit: HostedVisit, device: DeviceData, completion: MethodCompletion | null): Promise<HostedVisit> {
    const { session, link } = visit;
    if (session.status !== 'pending' || session.device !== null) return this.again(link);
    return this.unlessOvertaken(link, (caller) => this.sessions.collectData(caller, session.id, device, completion));
  }

  /** What became of the 3DS Method; asks the issuer where the device data is there. */
  async reportMethod(visit: HostedVisit, completion: MethodCompletion): Promise<HostedVisit> {
    const { session, link } = visit;
    const isAsked = session.attempt.methodUrl !== null && session.methodCompletion === null;
    if (session.status !== 'pending' || !isAsked) return this.again(link);
    return this.unlessOvertaken(link, (caller) => this.sessions.reportMethod(caller, session.id, completion));
  }

  /**
   * The challenge is about to be shown, in a window of this size; the first one counts. From now on only the issuer's page
   * can cancel it.
   */
  async showChallenge({ link }: HostedVisit, window: WindowSize): Promise<HostedVisit> {
    await this.links.showChallenge(link, window, this.clock.now());
    return this.again(link);
  }

  /**
   * The cardholder cancels. Before the issuer is asked, and before a challenge is shown, that ends the session. While the issuer
   * is asked, and once its page is shown, it changes nothing: the result is the issuer's, the cardholder only leaves.
   */
  async cancel({ link }: HostedVisit): Promise<HostedVisit> {
    for (let round = 0; round < ROUNDS; round++) {
      const { session } = await this.again(link);
      const isOver =
        session.status === 'pending'
          ? await this.leave(session)
          : session.status !== 'challenged' || (await this.decline(link, session));
      if (isOver) return this.again(link);
    }
    throw new Error('A cancel lost every race for its session');
  }

  /** When the page came to which point, for reports. Touches nothing of the session itself. */
  async recordLegs({ session }: HostedVisit, legs: readonly ReportedLeg[]): Promise<void> {
    await this.links.insertLegs(session, legTimes(legs, session, this.clock.now()));
  }

  /** Of each of these sessions a text that is another one after every change that its page could show. */
  looks(sessionIds: readonly string[]): Promise<Map<string, string>> {
    return this.links.looks(sessionIds);
  }

  /** False when somebody else changed the session in between. */
  private async leave(session: Session): Promise<boolean> {
    return (await this.writer.save(session, leaveSession(session, this.cause()))) !== null;
  }

  /** The same; true, and nothing changed, when the challenge was shown. */
  private async decline(link: HostedLink, session: Session): Promise<boolean> {
    const channel = await this.reader.channelOf(session);
    const attempt = startedAttempt(session, channel);
    const connector = this.connectors.get(session.attempt.connector);
    const step = await connector.advance(attempt, { type: 'challenge_declined' });
    const change = declineChallenge(session, step, this.cause());
    const came = await this.database.transaction(async (tx) => {
      if (!(await this.links.holdUnlessShown(link, tx))) return 'late';
      return (await this.writer.save(session, change, { tx, channel })) ? 'in_time' : 'second';
    });
    if (came === 'in_time') this.writer.committed(change);
    return came !== 'second';
  }

  /** Another call was faster, the merchant's or another page's: what came of it is what counts. */
  private async unlessOvertaken(
    link: HostedLink,
    act: (caller: { kind: 'cardholder'; sessionId: string }) => Promise<SessionView>,
  ): Promise<HostedVisit> {
    try {
      await act({ kind: 'cardholder', sessionId: link.sessionId });
    } catch (error) {
      if (!isOvertaken(error)) throw error;
    }
    return this.again(link);
  }

  private async again({ tokenHash }: HostedLink): Promise<HostedVisit> {
    const visit = await this.visit(tokenHash);
    if (visit === null) throw new Error('A link is gone while it is used');
    return visit;
  }

  private async visit(tokenHash: Buffer): Promise<HostedVisit | null> {
    const link = await this.links.findByToken(tokenHash);
    const session = link && (await this.repository.findById(link.sessionId));
    if (!session || session.refusalCode !== null) return null;
    return { link, session, isOpen: isLinkOpen(session, this.clock.now()) };
  }

  private cause(): { at: Date; actor: string } {
    return { at: this.clock.now(), actor: 'cardholder' };
  }
}

/** What a call is told that another one was faster than: just before it, or at the same moment. */
function isOvertaken(error: unknown): boolean {
  if (!(error instanceof CountersignError)) return false;
  return error.kind === 'duplicate_request' || error.codes.includes('update_not_allowed_due_to_state');
}
