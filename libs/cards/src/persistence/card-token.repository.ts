import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { CardOwner } from '../domain/held-card';

/** A token as stored, the card still sealed; without it once the token is spent or erased. */
export interface CardTokenRow {
  sealed: Buffer | null;
  expiryMonth: number;
  expiryYear: number;
  expiresAt: Date;
  spentBy: string | null;
}

/** A token about to be stored. */
export interface NewCardTokenRow extends CardOwner, Omit<CardTokenRow, 'spentBy'> {
  id: string;
  publicKeyId: string;
  createdAt: Date;
}

const OWNED = 'id = $1 AND merchant_id = $2 AND environment = $3';

/** Rows of `card_token`. */
@Injectable()
export class CardTokenRepository {
  constructor(private readonly database: Database) {}

  async insert(row: NewCardTokenRow): Promise<void> {
    await this.database.query(
      `INSERT INTO card_token (
         id, merchant_id, environment, public_key_id, sealed, expiry_month, expiry_year, created_at, expires_at
       ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        row.id,
        row.merchantId,
        row.environment,
        row.publicKeyId,
        row.sealed,
        row.expiryMonth,
        row.expiryYear,
        row.createdAt,
        row.expiresAt,
      ],
    );
  }

  async find(
    id: string,
    { merchantId, environment }: CardOwner,
    db: Queryable = this.database,
  ): Promise<CardTokenRow | null> {
    const [row] = await db.query<CardTokenRow>(
      `SELECT sealed, expiry_month AS "expiryMonth", expiry_year AS "expiryYear", expires_at AS "expiresAt",
              spent_by AS "spentBy"
       FROM card_token WHERE ${OWNED}`,
      [id, merchantId, environment],
    );
    return row ?? null;
  }

  /** Of two at a time the second waits for the first one's transaction, and then finds nothing to spend. */
  async spend(
    tx: Queryable,
    id: string,
    { merchantId, environment }: CardOwner,
    sessionId: string,
    at: Date,
  ): Promise<boolean> {
    const spent = await tx.query(
      `UPDATE card_token SET sealed = NULL, spent_by = $4
       WHERE ${OWNED} AND sealed IS NOT NULL AND expires_at > $5 RETURNING 1`,
      [id, merchantId, environment, sessionId, at],
    );
    return spent.length > 0;
  }

  async giveBack(
    id: string,
    { merchantId, environment }: CardOwner,
    sessionId: string,
    sealed: Buffer,
    at: Date,
  ): Promise<void> {
    await this.database.query(
      `UPDATE card_token SET sealed = $5, spent_by = NULL WHERE ${OWNED} AND spent_by = $4 AND expires_at > $6`,
      [id, merchantId, environment, sessionId, sealed, at],
    );
  }

  /** Erases the numbers of at most `limit` tokens whose time has run out, the longest due first. Returns how many. */
  async eraseDue(at: Date, limit: number): Promise<number> {
    const erased = await this.database.query(
      `WITH due AS (
         SELECT id FROM card_token WHERE sealed IS NOT NULL AND expires_at <= $1
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )
       UPDATE card_token t SET sealed = NULL FROM due WHERE t.id = due.id RETURNING t.id`,
      [at, limit],
    );
    return erased.length;
  }

  /** Deletes what is older than the id `floor`: ids sort by time. Returns how many. */
  async deleteBefore(floor: string): Promise<number> {
    const [gone] = await this.database.patient.query<{ count: number }>(
      `WITH gone AS (DELETE FROM card_token WHERE id < $1 RETURNING 1)
       SELECT count(*)::int AS count FROM gone`,
      [floor],
    );
    return gone?.count ?? 0;
  }
}
