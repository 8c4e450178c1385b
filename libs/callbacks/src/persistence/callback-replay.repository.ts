import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { ClaimedCallback, TryResult } from '../domain/callback-message';
import type { DeliveryProblem } from '../domain/delivery-problem';
import type { LastCallback } from '../domain/last-callback';
import {
  CLAIMED_COLUMNS,
  claimedOf,
  deliveryValues,
  INSERT_DELIVERY,
  type ClaimedRow,
  type ClaimLimits,
} from './claimed-callback';

/** Where a message that was wanted again stands. */
export interface WantedCallback {
  /** No try has been made since it was wanted, or the schedule wants it now. */
  readonly isWanted: boolean;
  /** The last try, whatever it was made for. */
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
}

const LAST = `id, state, next_try_at AS "nextTryAt", claimed_until AS "claimedUntil", resend_at AS "resendAt"`;

/** Whether a message is wanted at `$2`. */
const WANTED = `(resend_at IS NOT NULL OR (state = 'due' AND next_try_at <= $2))`;

/** The new values of a message that is wanted at `$2`. */
const WANT = `version = version + 1,
  resend_at = CASE WHEN state = 'delivered' THEN $2::timestamptz END,
  next_try_at = CASE WHEN state = 'delivered' THEN NULL ELSE $2::timestamptz END,
  step = CASE WHEN state = 'dead' THEN 0 ELSE step END,
  state = CASE WHEN state = 'dead' THEN 'due' ELSE state END`;

/**
 * Messages that operators want sent again: one that is delivered once more, which it stays whatever comes of it; one that was
 * given up by a schedule that begins anew; one that waits for its next try by that try.
 */
@Injectable()
export class CallbackReplayRepository {
  constructor(private readonly database: Database) {}

  /** The newest message of a session, held until the transaction ends; null when there is none. */
  async holdLast(tx: Queryable, sessionId: string, merchantId: string): Promise<LastCallback | null> {
    const [row] = await tx.query<LastCallback>(
      `SELECT ${LAST}
       FROM callback_message WHERE session_id = $1 AND merchant_id = $2 ORDER BY id DESC LIMIT 1 FOR UPDATE`,
      [sessionId, merchantId],
    );
    return row ?? null;
  }

  /** The id of the newest message of a session; null when there is none. */
  async lastOf(sessionId: string, merchantId: string): Promise<string | null> {
    const [row] = await this.database.query<{ id: string }>(
      'SELECT id FROM callback_message WHERE session_id = $1 AND merchant_id = $2 ORDER BY id DESC LIMIT 1',
      [sessionId, merchantId],
    );
    return row?.id ?? null;
  }

  /** One message of a merchant, held until the transaction ends; null when there is none. */
  async hold(tx: Queryable, id: string, merchantId: string): Promise<LastCallback | null> {
    const [row] = await tx.query<LastCallback>(
      `SELECT ${LAST} FROM callback_message WHERE id = $1 AND merchant_id = $2 FOR UPDATE`,
      [id, merchantId],
    );
    return row ?? null;
  }

  /** Has a message that is held sent at `at`, by whoever comes first. */
  async wantAgain(tx: Queryable, id: string, at: Date): Promise<void> {
    await tx.query(`UPDATE callback_message SET ${WANT} WHERE id = $1`, [id, at]);
  }

  /** The same, and claims it until `until`: should who claimed it die, it is still wanted. */
  async take(tx: Queryable, id: string, at: Date, until: Date): Promise<ClaimedCallback> {
    const [row] = await tx.query<ClaimedRow>(
      `UPDATE callback_message AS message SET ${WANT}, claimed_until = $3, tries = tries + 1
       WHERE id = $1 RETURNING ${CLAIMED_COLUMNS}`,
      [id, at, until],
    );
    if (!row) throw new Error('A message that is held is gone');
    return claimedOf(row);
  }

  /** Claims a message that is wanted at `now`; null when it is not, or another has it. */
  async claimWanted(id: string, now: Date, until: Date): Promise<ClaimedCallback | null> {
    const [row] = await this.database.query<ClaimedRow>(
      `UPDATE callback_message AS message SET claimed_until = $3, tries = tries + 1, version = version + 1
       WHERE id = $1 AND ${WANTED} AND (claimed_until IS NULL OR claimed_until <= $2)
       RETURNING ${CLAIMED_COLUMNS}`,
      [id, now, until],
    );
    return row ? claimedOf(row) : null;
  }

  /** Where a message stands at `now`; null when there is none. */
  async standing(id: string, now: Date): Promise<WantedCallback | null> {
    const [row] = await this.database.query<WantedCallback>(
      `SELECT ${WANTED} AS "isWanted", last.status, last.problem
       FROM callback_message LEFT JOIN LATERAL (
         SELECT status, problem FROM callback_delivery WHERE message_id = id ORDER BY try DESC LIMIT 1) last ON true
       WHERE id = $1`,
      [id, now],
    );
    return row ?? null;
  }

  /** Claims delivered messages that are wanted once more, up to `limit`, and of each merchant up to `share` with the `busy` ones. */
  async claimResends(now: Date, until: Date, { limit, share, busy }: ClaimLimits): Promise<ClaimedCallback[]> {
    const rows = await this.database.query<ClaimedRow>(
      `WITH turns AS (
         SELECT m.id, greatest($4::int - coalesce(busy.count, 0), 0) AS room,
           row_number() OVER (PARTITION BY m.merchant_id ORDER BY m.resend_at) AS turn
         FROM callback_message m LEFT JOIN unnest($5::uuid[], $6::int[]) AS busy(merchant_id, count) USING (merchant_id)
         WHERE m.resend_at <= $1 AND (m.claimed_until IS NULL OR m.claimed_until <= $1)
       ),
       wanted AS (
         SELECT m.id FROM turns JOIN callback_message m USING (id)
         WHERE turn <= room AND m.resend_at <= $1 AND (m.claimed_until IS NULL OR m.claimed_until <= $1)
         ORDER BY turn, m.resend_at LIMIT $3 FOR UPDATE OF m SKIP LOCKED
       )
       UPDATE callback_message AS message SET claimed_until = $2, tries = tries + 1, version = version + 1
       FROM wanted WHERE message.id = wanted.id
       RETURNING ${CLAIMED_COLUMNS}`,
      [now, until, limit, share, [...busy.keys()], [...busy.values()]],
    );
    return rows.map(claimedOf);
  }

  /** Records the one more try; where another has taken it over meanwhile the try is written down and nothing else. */
  async recordResent(message: ClaimedCallback, result: TryResult, at: Date): Promise<void> {
    await this.database.query(
      `WITH line AS (${INSERT_DELIVERY})
       UPDATE callback_message SET resend_at = NULL, claimed_until = NULL, version = version + 1
       WHERE id = $1::uuid AND tries = $2::int`,
      deliveryValues(message, result, at),
    );
  }
}
