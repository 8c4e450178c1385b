import { Injectable } from '@nestjs/common';
import { SessionListRepository, type SessionLine } from './persistence/session-list.repository';

/** Lists of sessions, for people and scripts. */
@Injectable()
export class SessionList {
  constructor(private readonly sessions: SessionListRepository) {}

  /**
   * A page of a merchant's sessions, the newest first: at most `limit`, those older than `after` (UUID). The last id of a
   * page is `after` of the next.
   */
  async newest(merchantId: string, page: { limit: number; after: string | null }): Promise<SessionLine[]> {
    return this.sessions.newest(merchantId, page.limit, page.after);
  }
}
