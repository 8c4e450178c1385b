import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../database/database';
import type { MerchantScope } from './actor';

/** Whose request, by which key (hashed). */
export interface AdminRequestKey {
  readonly actor: string;
  readonly keyHash: Buffer;
}

/** A request by this key that was there before. */
export interface KnownAdminRequest {
  readonly requestHash: Buffer;
  readonly fence: number;
  readonly lockedUntil: Date;
  readonly merchants: MerchantScope;
  readonly isDone: boolean;
  readonly isAnswered: boolean;
  /** Null where it is not kept. */
  readonly answerSealed: Buffer | null;
}

/** Rows of `admin_request`: one a key, for a day. */
@Injectable()
export class AdminRequestRepository {
  constructor(private readonly database: Database) {}

  /** Claims a key that is new, or whose day is over; gives its fence, or null when it is taken. */
  async claim(
    { actor, keyHash }: AdminRequestKey,
    request: { requestHash: Buffer; merchants: MerchantScope; now: Date; lockedUntil: Date; expiresAt: Date },
  ): Promise<number | null> {
    const [row] = await this.database.query<{ fence: number }>(
      `INSERT INTO admin_request AS known (actor, key_hash, request_hash, fence, locked_until, merchant_ids, expires_at)
       VALUES ($1, $2, $3, 1, $4, $5, $6)
       ON CONFLICT ON CONSTRAINT pk_admin_request DO UPDATE SET request_hash = $3, fence = known.fence + 1,
         locked_until = $4, merchant_ids = $5, expires_at = $6, done_at = NULL, answered_at = NULL, answer_sealed = NULL
       WHERE known.expires_at <= $7
       RETURNING fence`,
      [
        actor,
        keyHash,
        request.requestHash,
        request.lockedUntil,
        request.merchants === 'all' ? null : request.merchants,
        request.expiresAt,
        request.now,
      ],
    );
    return row?.fence ?? null;
  }

  async find({ actor, keyHash }: AdminRequestKey): Promise<KnownAdminRequest | null> {
    const [row] = await this.database.query<Omit<KnownAdminRequest, 'merchants'> & { merchantIds: string[] | null }>(
      `SELECT request_hash AS "requestHash", fence, locked_until AS "lockedUntil", merchant_ids AS "merchantIds",
         done_at IS NOT NULL AS "isDone", answered_at IS NOT NULL AS "isAnswered",
         answer_sealed AS "answerSealed"
       FROM admin_request WHERE actor = $1 AND key_hash = $2`,
      [actor, keyHash],
    );
    if (!row) return null;
    const { merchantIds, ...known } = row;
    return { ...known, merchants: merchantIds ?? 'all' };
  }

  /** Takes over a request whose holder died before it did anything; gives the new fence, or null when somebody was faster. */
  async takeOver({ actor, keyHash }: AdminRequestKey, fence: number, lockedUntil: Date): Promise<number | null> {
    const [row] = await this.database.query<{ fence: number }>(
      `UPDATE admin_request SET fence = fence + 1, locked_until = $4
       WHERE actor = $1 AND key_hash = $2 AND fence = $3 AND done_at IS NULL AND answered_at IS NULL RETURNING fence`,
      [actor, keyHash, fence, lockedUntil],
    );
    return row?.fence ?? null;
  }

  /** Notes that it is done, in the transaction of what is done; false when a later holder has taken over. */
  async markDone(
    tx: Queryable,
    { actor, keyHash }: AdminRequestKey,
    fence: number,
    merchantId: string | null,
    at: Date,
  ): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE admin_request SET done_at = $4, merchant_ids = CASE WHEN $5::uuid IS NULL THEN merchant_ids ELSE ARRAY[$5::uuid] END
       WHERE actor = $1 AND key_hash = $2 AND fence = $3 RETURNING 1`,
      [actor, keyHash, fence, at, merchantId],
    );
    return rows.length === 1;
  }

  /** Keeps the answer, where it may be kept. */
  async answer(
    { actor, keyHash }: AdminRequestKey,
    fence: number,
    answerSealed: Buffer | null,
    at: Date,
  ): Promise<void> {
    await this.database.query(
      'UPDATE admin_request SET answered_at = $4, answer_sealed = $5 WHERE actor = $1 AND key_hash = $2 AND fence = $3',
      [actor, keyHash, fence, at, answerSealed],
    );
  }

  /** Forgets a request that came to nothing: its key is free again. */
  async free({ actor, keyHash }: AdminRequestKey, fence: number): Promise<void> {
    await this.database.query('DELETE FROM admin_request WHERE actor = $1 AND key_hash = $2 AND fence = $3', [
      actor,
      keyHash,
      fence,
    ]);
  }

  /** Lets go of a request: whoever repeats it need not wait to be told whether it was done. */
  async letGo({ actor, keyHash }: AdminRequestKey, fence: number, now: Date): Promise<void> {
    await this.database.query(
      'UPDATE admin_request SET locked_until = $4 WHERE actor = $1 AND key_hash = $2 AND fence = $3',
      [actor, keyHash, fence, now],
    );
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.patient.query('DELETE FROM admin_request WHERE expires_at <= $1', [now]);
  }
}
