import { NotFound } from '@app/kernel';
import type { AdminActor, ListQuery, ListRow } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '../connector-registry';
import { SessionSearchRepository } from '../persistence/session-search.repository';
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
    private readonly connectors: ConnectorRegistry,
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
    return { session, story: await this.stories.read(id, merchants), obstacles: this.obstaclesOf(session) };
  }

  private obstaclesOf({ status, attempt }: SessionSummary): Record<SessionAct, Obstacle> {
    const inquires = attempt !== null && this.connectors.inquires(attempt.connector);
    const entries = SESSION_ACTS.map((act) => [act, obstacleTo(act, { status, inquires })]);
    return Object.fromEntries(entries) as Record<SessionAct, Obstacle>;
  }
}
