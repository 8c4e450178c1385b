import { Database, readInScope, type MerchantScope } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { SessionStory, StoryAttempt, StoryEvent, StoryExchange } from '../admin/session-story';

/** Reads how one session went, for operators. */
@Injectable()
export class SessionStoryRepository {
  constructor(private readonly database: Database) {}

  /** The story of a session (UUID); empty where there is none within `scope`. */
  async read(sessionId: string, scope: MerchantScope): Promise<Omit<SessionStory, 'callbacks' | 'chain' | 'replays'>> {
    return readInScope(this.database, scope, async (reader) => ({
      events: await reader.query<StoryEvent>(
        `SELECT seq, at, type, from_status AS "from", to_status AS "to", actor, attempt_number AS "attemptNumber", data, leg
         FROM session_event WHERE session_id = $1 ORDER BY seq`,
        [sessionId],
      ),
      attempts: await reader.query<StoryAttempt>(
        `SELECT number, connector, protocol_version AS "protocolVersion", transaction_id AS "transactionId",
           method_url AS "methodUrl", progress, facts, created_at AS "createdAt"
         FROM attempt WHERE session_id = $1 ORDER BY number`,
        [sessionId],
      ),
      exchanges: await reader.query<StoryExchange>(
        `SELECT seq, attempt_number AS "attemptNumber", direction, message_type AS "messageType", at,
           latency_ms AS "latencyMs", body, problem
         FROM exchange WHERE session_id = $1 ORDER BY seq`,
        [sessionId],
      ),
      pageLegs: await reader.query<SessionStory['pageLegs'][number]>(
        'SELECT leg, at FROM session_leg WHERE session_id = $1 ORDER BY at',
        [sessionId],
      ),
    }));
  }
}
