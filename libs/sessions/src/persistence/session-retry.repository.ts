import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { RetryChain } from '../domain/retry';

/** Which sessions were made in the place of which. */
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
    const rows = await this.database.query<{ retry_of: string; session_id: string; number: number }>(
      `SELECT retry_of, session_id, number FROM session_retry
       WHERE (session_id = $1 OR retry_of = $1) AND merchant_id = $2`,
      [sessionId, merchantId],
    );
    const own = rows.find((row) => row.session_id === sessionId);
    const next = rows.find((row) => row.retry_of === sessionId);
    return { retryOf: own?.retry_of ?? null, retriedAs: next?.session_id ?? null, number: own?.number ?? 1 };
  }
}
