import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Whose request, on which route, by which key (hashed). */
export interface IdempotencyKey {
  merchantId: string;
  route: string;
  keyHash: Buffer;
}

/** The right to work on a request: the session it makes, and the number that a later holder raises. */
export interface Claim {
  sessionId: string;
  fence: number;
}

/** A request by this key that was there before. */
export interface KnownRequest extends Claim {
  bodyHash: Buffer;
  lockedUntil: Date;
  answerSealed: Buffer | null;
}

/** Stores requests that name themselves: one row a key, for a day. */
@Injectable()
export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /** Claims a key that is new, or whose day is over; null when it is taken. */
  async claimNew(
    key: IdempotencyKey,
    request: { bodyHash: Buffer; sessionId: string; now: Date; lockedUntil: Date; expiresAt: Date },
  ): Promise<Claim | null> {
    const [row] = await this.database.query<{ session_id: string; fence: number }>(
      `INSERT INTO idempotency AS known (merchant_id, route, key_hash, body_hash, session_id, fence, locked_until, expires_at)
       VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
       ON CONFLICT ON CONSTRAINT pk_idempotency DO UPDATE SET body_hash = $4, session_id = $5, fence = known.fence + 1,
         locked_until = $6, expires_at = $7, answer_sealed = NULL, answered_at = NULL
       WHERE known.expires_at <= $8
       RETURNING session_id, fence`,
      [
        key.merchantId,
        key.route,
        key.keyHash,
        request.bodyHash,
        request.sessionId,
        request.lockedUntil,
        request.expiresAt,
        request.now,
      ],
    );
    return row ? { sessionId: row.session_id, fence: row.fence } : null;
  }

  async find(key: IdempotencyKey): Promise<KnownRequest | null> {
    const [row] = await this.database.query<{
      session_id: string;
      fence: number;
      body_hash: Buffer;
      locked_until: Date;
      answer_sealed: Buffer | null;
    }>(
      `SELECT session_id, fence, body_hash, locked_until, answer_sealed FROM idempotency
       WHERE merchant_id = $1 AND route = $2 AND key_hash = $3`,
      [key.merchantId, key.route, key.keyHash],
    );
    if (!row) return null;
    return {
      sessionId: row.session_id,
      fence: row.fence,
      bodyHash: row.body_hash,
      lockedUntil: row.locked_until,
      answerSealed: row.answer_sealed,
    };
  }

  /** Takes over a request whose holder died; null when somebody else did so first. */
  async takeOver(key: IdempotencyKey, fence: number, lockedUntil: Date): Promise<Claim | null> {
    const [row] = await this.database.query<{ session_id: string; fence: number }>(
      `UPDATE idempotency SET fence = fence + 1, locked_until = $5
       WHERE merchant_id = $1 AND route = $2 AND key_hash = $3 AND fence = $4 AND answer_sealed IS NULL
       RETURNING session_id, fence`,
      [key.merchantId, key.route, key.keyHash, fence, lockedUntil],
    );
    return row ? { sessionId: row.session_id, fence: row.fence } : null;
  }

  /** Freezes the answer, unless a later holder has taken over. */
  async answer(key: IdempotencyKey, fence: number, answerSealed: Buffer, at: Date): Promise<void> {
    await this.database.query(
      `UPDATE idempotency SET answer_sealed = $5, answered_at = $6
       WHERE merchant_id = $1 AND route = $2 AND key_hash = $3 AND fence = $4`,
      [key.merchantId, key.route, key.keyHash, fence, answerSealed, at],
    );
  }

  /** Lets the next try in at once: this one ended without an answer. */
  async unlock(key: IdempotencyKey, fence: number, now: Date): Promise<void> {
    await this.database.query(
      `UPDATE idempotency SET locked_until = $5
       WHERE merchant_id = $1 AND route = $2 AND key_hash = $3 AND fence = $4`,
      [key.merchantId, key.route, key.keyHash, fence, now],
    );
  }

  /** Forgets keys whose day is over. */
  async deleteExpired(now: Date): Promise<void> {
    await this.database.patient.query('DELETE FROM idempotency WHERE expires_at <= $1', [now]);
  }
}
