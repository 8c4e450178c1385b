import { NotFound } from '@app/kernel';
import type { AdminActor, ListQuery, ListRow } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { SessionSearchRepository } from '../persistence/session-search.repository';
import { SessionStoryRepository } from '../persistence/session-story.repository';
import type { SessionFilter, SessionSort } from './session-listing';
import type { SessionStory } from './session-story';
import type { SessionSummary } from './session-summary';

/** What operators read of sessions, within the merchants of their scope. */
@Injectable()
export class SessionSearch {
  constructor(
    private readonly sessions: SessionSearchRepository,
    private readonly stories: SessionStoryRepository,
  ) {}

  /** One page, and one row more where more are there. */
  list({ merchants }: AdminActor, query: ListQuery<SessionFilter, SessionSort>): Promise<(SessionSummary & ListRow)[]> {
    return this.sessions.list(query, merchants);
  }

  /**
   * A session and how it went.
   * @throws NotFound when there is none of that id (UUID) within the actor's scope
   */
  async show({ merchants }: AdminActor, id: string): Promise<{ session: SessionSummary; story: SessionStory }> {
    const session = await this.sessions.find(id, merchants);
    if (!session) throw new NotFound('session');
    return { session, story: await this.stories.read(id, merchants) };
  }
}
