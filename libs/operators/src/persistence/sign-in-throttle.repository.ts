import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** A try that was counted as a failure before it was known to be one. */
export interface CountedTry {
  readonly key: Buffer;
  /** Set when this one locked the key. */
  readonly lockedUntil: Date | null;
}

/** Rows of `sign_in_throttle`. Every change is one statement: tries at the same time, on any replica, count each. */
@Injectable()
export class SignInThrottleRepository {
  constructor(private readonly database: Database) {}

  /**
   * Counts a try, and locks the key for the time that `locksMs` has for that many. Null when the key is locked already.
   * @param forgottenBefore failures of which the last is older do not count
   */
  async count(key: Buffer, locksMs: readonly number[], now: Date, forgottenBefore: Date): Promise<CountedTry | null> {
    const [row] = await this.database.query<{ lockedUntil: Date | null }>(
      `INSERT INTO sign_in_throttle AS t (key_mac, failures, locked_until, changed_at)
       VALUES ($1, 1, $3::timestamptz + NULLIF(($2::int[])[1], 0) * interval '1 millisecond', $3)
       ON CONFLICT (key_mac) DO UPDATE SET
         failures = CASE WHEN t.changed_at < $4 THEN 1 ELSE t.failures + 1 END,
         locked_until = $3::timestamptz + interval '1 millisecond' * NULLIF(
           ($2::int[])[CASE WHEN t.changed_at < $4 THEN 1 ELSE LEAST(t.failures + 1, cardinality($2::int[])) END], 0),
         changed_at = $3
       WHERE t.locked_until IS NULL OR t.locked_until <= $3
       RETURNING locked_until AS "lockedUntil"`,
      [key, locksMs, now, forgottenBefore],
    );
    return row ? { key, lockedUntil: row.lockedUntil } : null;
  }

  /** Until when a key is locked; null when it is not. */
  async lockedUntil(key: Buffer): Promise<Date | null> {
    const [row] = await this.database.query<{ lockedUntil: Date | null }>(
      'SELECT locked_until AS "lockedUntil" FROM sign_in_throttle WHERE key_mac = $1',
      [key],
    );
    return row?.lockedUntil ?? null;
  }

  /** Takes a counted try back. A lock that another try set meanwhile stays. */
  async takeBack({ key, lockedUntil }: CountedTry): Promise<void> {
    await this.database.query(
      `UPDATE sign_in_throttle
       SET failures = GREATEST(failures - 1, 0),
           locked_until = CASE WHEN locked_until = $2 THEN NULL ELSE locked_until END
       WHERE key_mac = $1`,
      [key, lockedUntil],
    );
  }

  /** Forgets the failures of a key. */
  async clear(key: Buffer): Promise<void> {
    await this.database.query('DELETE FROM sign_in_throttle WHERE key_mac = $1', [key]);
  }

  /** No lock is as long as failures are remembered. */
  async deleteForgotten(before: Date): Promise<void> {
    await this.database.query('DELETE FROM sign_in_throttle WHERE changed_at < $1', [before]);
  }
}
