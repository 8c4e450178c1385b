import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { SessionStory } from '../admin/session-story';

/** More of them nobody looks at. */
const MOST = 20;

/** Which sessions replay which. */
@Injectable()
export class SessionReproductionRepository {
  constructor(private readonly database: Database) {}

  /** Notes that `sessionId` replays `reproducedFrom`, in the transaction that makes it. */
  async insert(
    tx: Queryable,
    row: { sessionId: string; reproducedFrom: string; merchantId: string; keyHash: Buffer | null },
  ): Promise<void> {
    await tx.query(
      'INSERT INTO session_reproduction (session_id, reproduced_from, merchant_id, key_hash) VALUES ($1, $2, $3, $4)',
      [row.sessionId, row.reproducedFrom, row.merchantId, row.keyHash],
    );
  }

  /** The one that was made by this key before. */
  async findByKey(reproducedFrom: string, keyHash: Buffer): Promise<string | null> {
    const [found] = await this.database.query<{ id: string }>(
      'SELECT session_id AS id FROM session_reproduction WHERE reproduced_from = $1 AND key_hash = $2 LIMIT 1',
      [reproducedFrom, keyHash],
    );
    return found?.id ?? null;
  }

  /** What a session of a merchant replays, and what replays it. */
  async linksOf(sessionId: string, merchantId: string): Promise<SessionStory['replays']> {
    const rows = await this.database.query<{ id: string; from: string }>(
      `(SELECT session_id AS id, reproduced_from AS "from" FROM session_reproduction
        WHERE session_id = $1 AND merchant_id = $2)
       UNION ALL
       (SELECT session_id, reproduced_from FROM session_reproduction
        WHERE reproduced_from = $1 AND merchant_id = $2 ORDER BY session_id DESC LIMIT ${MOST})`,
      [sessionId, merchantId],
    );
    return {
      of: rows.find(({ id }) => id === sessionId)?.from ?? null,
      by: rows.filter(({ from }) => from === sessionId).map(({ id }) => id),
    };
  }
}
