import { CountersignError, NotFound } from '@app/kernel';
import { PublicAddress } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { HostedSessions, type HostedVisit } from './hosted-sessions.service';
import { hostedState, type HostedState } from './hosted-state';
import { HOSTED_PATH } from './hosted.settings';
import { ReturnTickets } from './return-ticket';

/** Opens links for browsers, and tells each view of the page what it is to do. */
@Injectable()
export class HostedVisits {
  constructor(
    private readonly sessions: HostedSessions,
    private readonly tickets: ReturnTickets,
    private readonly address: PublicAddress,
  ) {}

  /** @throws NotFound where there is no such link, gone `link_expired` where it is over */
  async open(token: string): Promise<HostedVisit> {
    const visit = await this.sessions.find(token);
    if (visit === null) throw new NotFound('link');
    if (!visit.isOpen) throw new CountersignError('gone', ['link_expired'], 'The link is over');
    return visit;
  }

  /** The state for the view that asks; null: for a page that is not a view yet, or never will be, for want of script. */
  stateOf({ session, link }: HostedVisit, view: string | null): HostedState {
    return hostedState(
      session,
      {
        isElsewhere: view !== null && view !== link.viewId,
        isChallengeShown: link.challengeShownAt !== null,
        windowSize: link.challengeWindow,
        hasReturned: link.returnedAt !== null,
      },
      { baseUrl: this.address.url, ticket: this.tickets.of(session.id) },
    );
  }

  /** The page's own address, to the root: below the path of our public address, where that has one. */
  pathOf(token: string): string {
    return `${this.address.path}${HOSTED_PATH}/${token}`;
  }
}
