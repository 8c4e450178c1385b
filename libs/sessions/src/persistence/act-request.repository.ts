import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** An act that names itself: who does it, by which key, what it is, and how long it is remembered. */
export interface ActRequest {
  readonly actor: string;
  readonly keyHash: Buffer;
  readonly requestHash: Buffer;
  readonly expiresAt: Date;
}

/** Acts that named themselves. */
@Injectable()
export class ActRequestRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes the key in the transaction of the act: null when it was free, else the hash of what was asked for with it before.
   * While that one is under way this waits for its end, so that the key is free again where it came to nothing.
   */
  async take(tx: Queryable, { actor, keyHash, requestHash, expiresAt }: ActRequest): Promise<Buffer | null> {
    const taken = await tx.query(
      `INSERT INTO act_request (actor, key_hash, request_hash, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [actor, keyHash, requestHash, expiresAt],
    );
    if (taken.length > 0) return null;
    const [known] = await tx.query<{ request_hash: Buffer }>(
      'SELECT request_hash FROM act_request WHERE actor = $1 AND key_hash = $2',
      [actor, keyHash],
    );
    if (!known) throw new Error('A key of an act is neither free nor taken');
    return known.request_hash;
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.patient.query('DELETE FROM act_request WHERE expires_at <= $1', [now]);
  }
}
