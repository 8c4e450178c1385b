import { Database, type QueueDepth } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** A card row, the number still sealed. */
export interface CardRow {
  sealed: Buffer;
  expiryMonth: number;
  expiryYear: number;
}

/** Rows of `card`. They are inserted by whoever stores the session (`CARD_COLUMNS`, `cardValues`). */
@Injectable()
export class CardRepository {
  constructor(private readonly database: Database) {}

  /** The row while its clock has not run out: what is due for erasure is gone already. */
  async find(sessionId: string, merchantId: string, at: Date): Promise<CardRow | null> {
    const [row] = await this.database.query<CardRow>(
      `SELECT sealed, expiry_month AS "expiryMonth", expiry_year AS "expiryYear" FROM card
       WHERE session_id = $1 AND merchant_id = $2 AND (expires_at IS NULL OR expires_at > $3)`,
      [sessionId, merchantId, at],
    );
    return row ?? null;
  }

  /** Erases at most `limit` rows whose clock has run out, the longest due first. Returns how many. */
  async eraseDue(at: Date, limit: number): Promise<number> {
    const erased = await this.database.query(
      `WITH due AS (
         SELECT session_id FROM card WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )
       DELETE FROM card c USING due WHERE c.session_id = due.session_id
       RETURNING c.session_id`,
      [at, limit],
    );
    return erased.length;
  }

  /** Those whose clock has run out and that are still there. */
  async erasuresDue(at: Date): Promise<QueueDepth> {
    const [row] = await this.database.query<QueueDepth>(
      'SELECT count(*)::int AS count, min(expires_at) AS "oldestAt" FROM card WHERE expires_at <= $1',
      [at],
    );
    return row ?? { count: 0, oldestAt: null };
  }

  /** Makes the partitions from the day before `at` to `daysAhead` after it. */
  async ensurePartitions(at: Date, daysAhead: number): Promise<void> {
    await this.database.ensurePartitions({ parent: 'card', period: 'day', behind: 1, ahead: daysAhead }, at);
  }

  /** Names of the partitions of days that ended before `at`. */
  async partitionsBefore(at: Date): Promise<string[]> {
    const rows = await this.database.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'card'::regclass AND c.relname < 'card_' || to_char($1::timestamptz AT TIME ZONE 'UTC', 'YYYYMMDD')
       ORDER BY c.relname`,
      [at],
    );
    return rows.map(({ name }) => name);
  }

  /** Drops a partition that holds nothing; returns whether it did. Waits a second at most for those who use the table. */
  async dropPartitionIfEmpty(name: string): Promise<boolean> {
    if (!/^card_\d{8}$/.test(name)) throw new Error(`Not a partition of card: ${name}`);
    return this.database.transaction(async (tx) => {
      const [used] = await tx.query(`SELECT 1 FROM ${name} LIMIT 1`);
      if (used) return false;
      await tx.query(`SET LOCAL lock_timeout = '1s'`);
      await tx.query(`DROP TABLE ${name}`);
      return true;
    });
  }
}
