import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { RetryChain } from '../domain/retry';

const CHAIN_END = 100;

/** Which sessions were made in the place of which: for good in the sessions; that each is retried once, in a table of its own. */
@Injectable()
export class SessionRetryRepository {
  constructor(private readonly database: Database) {}

  /**
   * Notes that `sessionId` stands in for `retryOf`, in the transaction that makes it. False when another one does: two at once
   * wait for each other here.
   */
  async insert(
    tx: Queryable,
    { retryOf, sessionId, merchantId }: { retryOf: string; sessionId: string; merchantId: string },
  ): Promise<boolean> {
    const inserted = await tx.query(
      `INSERT INTO session_retry (retry_of, session_id, merchant_id, number)
       VALUES ($1, $2, $3, 1 + coalesce((SELECT number FROM session_retry WHERE session_id = $1), 1))
       ON CONFLICT ON CONSTRAINT pk_session_retry DO NOTHING RETURNING 1`,
      [retryOf, sessionId, merchantId],
    );
    return inserted.length > 0;
  }

  /** What stands before and behind a session of a merchant. */
  async chainOf(sessionId: string, merchantId: string): Promise<RetryChain> {
    const [row] = await this.database.query<RetryChain>(
      `WITH RECURSIVE back AS (
         SELECT s.retry_of, 1 AS number FROM session s WHERE s.id = $1 AND s.merchant_id = $2
         UNION ALL
         SELECT s.retry_of, back.number + 1 FROM back JOIN session s ON s.id = back.retry_of
         WHERE s.merchant_id = $2 AND back.number < ${CHAIN_END}
       )
       SELECT (SELECT retry_of FROM back WHERE number = 1) AS "retryOf",
         (SELECT s.id FROM session s WHERE s.retry_of = $1 AND s.merchant_id = $2 LIMIT 1) AS "retriedAs",
         coalesce((SELECT max(number) FROM back), 1) AS number`,
      [sessionId, merchantId],
    );
    if (!row) throw new Error('A row without a table has gone missing');
    return row;
  }

  /**
   * Forgets the pairs of which neither has card data any more. A pair keeps two retries of the same moment apart; that there
   * was one, the sessions say.
   */
  async deleteWithoutCards(): Promise<void> {
    await this.database.patient.query(
      `DELETE FROM session_retry r
       WHERE NOT EXISTS (SELECT FROM card c WHERE c.session_id = r.retry_of)
         AND NOT EXISTS (SELECT FROM card c WHERE c.session_id = r.session_id)`,
      [],
    );
  }
}
