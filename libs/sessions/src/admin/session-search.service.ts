import { Callbacks, resendState } from '@app/callbacks';
import { NotFound, type Clock } from '@app/kernel';
import { CLOCK, type AdminActor, type ListQuery, type ListRow } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '../connector-registry';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { SessionReproductionRepository } from '../persistence/session-reproduction.repository';
import { SessionRetryRepository } from '../persistence/session-retry.repository';
import { SessionStoryRepository } from '../persistence/session-story.repository';
import { obstacleTo, SESSION_ACTS, type Obstacle, type SessionAct } from './session-acts';
import type { SessionFilter, SessionSort } from './session-listing';
import type { SessionStory } from './session-story';
import type { SessionSummary } from './session-summary';

/** A session as its own page shows it. */
export interface ShownSession {
  readonly session: SessionSummary;
  readonly story: SessionStory;
  readonly obstacles: Readonly<Record<SessionAct, Obstacle>>;
}

/** What operators read of sessions, within the merchants of their scope. */
@Injectable()
export class SessionSearch {
  constructor(
    private readonly sessions: SessionSearchRepository,
    private readonly stories: SessionStoryRepository,
    private readonly callbacks: Callbacks,
    private readonly retries: SessionRetryRepository,
    private readonly reproductions: SessionReproductionRepository,
    private readonly connectors: ConnectorRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One page, and one row more where more are there. */
  list({ merchants }: AdminActor, query: ListQuery<SessionFilter, SessionSort>): Promise<(SessionSummary & ListRow)[]> {
    return this.sessions.list(query, merchants);
  }

  /**
   * A session, how it went, and what keeps each act from being done to it.
   * @throws NotFound when there is none of that id (UUID) within the actor's scope
   */
  async show({ merchants }: AdminActor, id: string): Promise<ShownSession> {
    const session = await this.sessions.find(id, merchants);
    if (!session) throw new NotFound('session');
    const [told, callbacks, chain, replays] = await Promise.all([
      this.stories.read(id, merchants),
      this.callbacks.ofSession(id, session.merchantId),
      this.retries.chainOf(id, session.merchantId),
      this.reproductions.linksOf(id, session.merchantId),
    ]);
    const story = { ...told, callbacks, chain, replays };
    return { session, story, obstacles: this.obstaclesOf(session, story) };
  }

  private obstaclesOf(session: SessionSummary, { callbacks }: SessionStory): Record<SessionAct, Obstacle> {
    const { status, attempt } = session;
    const isRefused = session.refusalCode !== null;
    const callback = resendState(callbacks, this.clock.now());
    const inquires = attempt !== null && this.connectors.inquires(attempt.connector);
    const entries = SESSION_ACTS.map((act) => [act, obstacleTo(act, { isRefused, status, inquires, callback })]);
    return Object.fromEntries(entries) as Record<SessionAct, Obstacle>;
  }
}
