import { uuidV7Floor } from '@app/kernel';
import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { CallbackDelivery, CallbackHistory } from '../domain/callback-history';
import type { CallbackStanding, ClaimedCallback, NewCallback, TryResult } from '../domain/callback-message';
import type { CallbackKind } from '../domain/callback-kind';
import { CALLBACK_COLUMNS, callbackRow } from '../domain/callback-row';
import type { DeliveryProblem } from '../domain/delivery-problem';
import {
  CLAIMED_COLUMNS,
  claimedOf,
  deliveryValues,
  INSERT_DELIVERY,
  type ClaimedRow,
  type ClaimLimits,
} from './claimed-callback';

const FORGET_BATCH = 1_000;

/** How far behind we are: messages due now or wanted once more, and since when the oldest is. */
export interface Backlog {
  readonly due: number;
  readonly oldestDueAt: Date | null;
}

/** A delivered message whose subject has not taken note. */
export interface UntoldCallback {
  readonly id: string;
  readonly sessionId: string;
  readonly merchantId: string;
  readonly kind: CallbackKind;
  /** Its number of tries: another try begun since then has a claim of its own. */
  readonly try: number;
}

/**
 * The outbox in Postgres. A claim is `claimed_until` in the future: who holds it sends, everybody else keeps away; when it
 * runs out the holder is taken for dead. `tries` rises with every claim and tells a late holder from the present one.
 */
@Injectable()
export class CallbackRepository {
  constructor(private readonly database: Database) {}

  /**
   * Inserts, or finds the message that the session is already owed. One that the schedule has not tried yet becomes due no
   * later than asked now, so that the schedule begins with this request, should its try fail or never be made.
   */
  async insert(
    tx: Queryable,
    id: string,
    message: NewCallback,
    createdAt: Date,
  ): Promise<{ id: string; created: boolean }> {
    const row = callbackRow(id, message, createdAt);
    const [inserted] = await tx.query<{ id: string }>(
      `INSERT INTO callback_message (${CALLBACK_COLUMNS.join(', ')})
       VALUES (${CALLBACK_COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})
       ON CONFLICT ON CONSTRAINT uq_callback_message_session_kind DO NOTHING
       RETURNING id`,
      CALLBACK_COLUMNS.map((column) => (column === 'payload' ? JSON.stringify(row.payload) : row[column])),
    );
    if (inserted) return { id: inserted.id, created: true };
    const [known] = await tx.query<{ id: string }>(
      `WITH sooner AS (
         UPDATE callback_message SET next_try_at = $4, version = version + 1
         WHERE session_id = $1 AND kind = $2 AND merchant_id = $3
           AND state = 'due' AND step = 0 AND next_try_at > $4::timestamptz)
       SELECT id FROM callback_message WHERE session_id = $1 AND kind = $2 AND merchant_id = $3`,
      [message.sessionId, message.kind, message.merchantId, message.dueAt],
    );
    if (!known) throw new Error('The session is owed a callback on behalf of another merchant');
    return { id: known.id, created: false };
  }

  /** Claims one undelivered message, dead ones too; null when it is delivered, claimed by another or not there. */
  async claim(id: string, now: Date, until: Date): Promise<ClaimedCallback | null> {
    const [row] = await this.database.query<ClaimedRow>(
      `UPDATE callback_message AS message SET claimed_until = $3, tries = tries + 1, version = version + 1
       WHERE id = $1 AND state <> 'delivered' AND (claimed_until IS NULL OR claimed_until <= $2)
       RETURNING ${CLAIMED_COLUMNS}`,
      [id, now, until],
    );
    return row ? claimedOf(row) : null;
  }

  /**
   * Claims up to `limit` messages that are due at `now`, of each merchant up to `share` together with the `busy` ones that
   * are under way: one whose endpoint hangs holds its own places only. Every merchant gets one before any gets a second.
   */
  async claimDue(now: Date, until: Date, { limit, share, busy }: ClaimLimits): Promise<ClaimedCallback[]> {
    const rows = await this.database.query<ClaimedRow>(
      `WITH RECURSIVE owed AS (
         (SELECT merchant_id FROM callback_message WHERE state = 'due' ORDER BY merchant_id LIMIT 1)
         UNION ALL
         SELECT (SELECT m.merchant_id FROM callback_message m
                 WHERE m.state = 'due' AND m.merchant_id > owed.merchant_id ORDER BY m.merchant_id LIMIT 1)
         FROM owed WHERE owed.merchant_id IS NOT NULL
       ),
       turns AS (
         SELECT first.id, first.next_try_at, row_number() OVER (PARTITION BY owed.merchant_id ORDER BY first.next_try_at) AS turn
         FROM owed LEFT JOIN unnest($5::uuid[], $6::int[]) AS busy(merchant_id, count) USING (merchant_id),
           LATERAL (
             SELECT m.id, m.next_try_at FROM callback_message m
             WHERE m.merchant_id = owed.merchant_id AND m.state = 'due' AND m.next_try_at <= $1
               AND (m.claimed_until IS NULL OR m.claimed_until <= $1)
             ORDER BY m.next_try_at LIMIT greatest($4::int - coalesce(busy.count, 0), 0)
             FOR UPDATE SKIP LOCKED
           ) first
       ),
       due AS (SELECT id FROM turns ORDER BY turn, next_try_at LIMIT $3)
       UPDATE callback_message AS message SET claimed_until = $2, tries = tries + 1, version = version + 1
       FROM due WHERE message.id = due.id
       RETURNING ${CLAIMED_COLUMNS}`,
      [now, until, limit, share, [...busy.keys()], [...busy.values()]],
    );
    return rows.map(claimedOf);
  }

  /** The messages of a session with their tries, the oldest first. */
  async ofSession(sessionId: string, merchantId: string): Promise<CallbackHistory[]> {
    const messages = await this.database.query<Omit<CallbackHistory, 'deliveries'>>(
      `SELECT id, kind, url, state, created_at AS "createdAt", delivered_at AS "deliveredAt", next_try_at AS "nextTryAt",
         resend_at AS "resendAt"
       FROM callback_message WHERE session_id = $1 AND merchant_id = $2 ORDER BY id`,
      [sessionId, merchantId],
    );
    const deliveries = await this.database.query<CallbackDelivery & { messageId: string }>(
      `SELECT message_id AS "messageId", try, at, latency_ms AS "latencyMs", status, problem
       FROM callback_delivery WHERE message_id = ANY($1::uuid[]) ORDER BY try`,
      [messages.map(({ id }) => id)],
    );
    return messages.map((message) => ({
      ...message,
      deliveries: deliveries.filter(({ messageId }) => messageId === message.id).map(toDelivery),
    }));
  }

  /** Where a message stands; null when there is none. */
  async standing(id: string): Promise<CallbackStanding | null> {
    const [row] = await this.database.query<{
      state: string;
      claimed_until: Date | null;
      last_status: number | null;
      last_problem: DeliveryProblem | null;
    }>('SELECT state, claimed_until, last_status, last_problem FROM callback_message WHERE id = $1', [id]);
    return row
      ? {
          delivered: row.state === 'delivered',
          claimedUntil: row.claimed_until,
          status: row.last_status,
          problem: row.last_problem,
        }
      : null;
  }

  /**
   * Records the try that delivered. The claim is kept until `tellBy`, so that nobody else tells the subject meanwhile.
   * An acknowledgement counts even when the claim had run out: the merchant has the message.
   */
  async recordDelivered(
    message: ClaimedCallback,
    result: TryResult,
    at: Date,
    deliveredAt: Date,
    tellBy: Date,
  ): Promise<void> {
    await this.database.query(
      `WITH line AS (${INSERT_DELIVERY})
       UPDATE callback_message SET state = 'delivered', delivered_at = $7, next_try_at = NULL, claimed_until = $8,
         last_status = $5::int, last_problem = NULL, version = version + 1
       WHERE id = $1::uuid AND state <> 'delivered'`,
      [...deliveryValues(message, result, at), deliveredAt, tellBy],
    );
  }

  /**
   * Records a try that failed and gives the claim back; without `nextTryAt` the message is dead. Where another has taken
   * the message over meanwhile only the try is written down.
   */
  async recordFailed(
    message: ClaimedCallback,
    result: TryResult,
    at: Date,
    step: number,
    nextTryAt: Date | null,
  ): Promise<void> {
    await this.database.query(
      `WITH line AS (${INSERT_DELIVERY})
       UPDATE callback_message SET state = CASE WHEN $8::timestamptz IS NULL THEN 'dead' ELSE 'due' END,
         step = $7, next_try_at = $8::timestamptz, claimed_until = NULL,
         last_status = $5::int, last_problem = $6::text, version = version + 1
       WHERE id = $1::uuid AND tries = $2::int AND state <> 'delivered'`,
      [...deliveryValues(message, result, at), step, nextTryAt],
    );
  }

  /** Takes delivered messages whose subject was not told, because the process died or the subject failed. */
  async claimUntold(now: Date, until: Date, limit: number): Promise<UntoldCallback[]> {
    const rows = await this.database.query<UntoldCallback>(
      `WITH untold AS (
         SELECT id FROM callback_message
         WHERE state = 'delivered' AND subject_told_at IS NULL AND (claimed_until IS NULL OR claimed_until <= $1)
         ORDER BY delivered_at LIMIT $3 FOR UPDATE SKIP LOCKED
       )
       UPDATE callback_message AS message SET claimed_until = $2, version = version + 1
       FROM untold WHERE message.id = untold.id
       RETURNING message.id, session_id AS "sessionId", merchant_id AS "merchantId", kind, tries AS try`,
      [now, until, limit],
    );
    return rows;
  }

  /** The claim is given back unless it is by now another's, who sends the message once more. */
  async recordTold({ id, try: tried }: Pick<UntoldCallback, 'id' | 'try'>, at: Date): Promise<void> {
    await this.database.query(
      `UPDATE callback_message SET subject_told_at = $2, version = version + 1,
         claimed_until = CASE WHEN tries = $3::int THEN NULL ELSE claimed_until END
       WHERE id = $1 AND subject_told_at IS NULL`,
      [id, at, tried],
    );
  }

  /** By id, whose time is that of creation, so that the primary key finds them. In batches: tries go with them. */
  async deleteDeliveredBefore(before: Date): Promise<number> {
    let total = 0;
    for (;;) {
      const deleted = await this.database.query(
        `DELETE FROM callback_message WHERE id IN (
           SELECT id FROM callback_message
           WHERE id < $1 AND state = 'delivered' AND subject_told_at IS NOT NULL ORDER BY id LIMIT $2
         ) RETURNING 1`,
        [uuidV7Floor(before), FORGET_BATCH],
      );
      total += deleted.length;
      if (deleted.length < FORGET_BATCH) return total;
    }
  }

  async backlog(now: Date): Promise<Backlog> {
    const [row] = await this.database.query<{ due: number; oldest: Date | null }>(
      `SELECT count(*)::int AS due, min(wanted_at) AS oldest FROM (
         SELECT next_try_at AS wanted_at FROM callback_message WHERE state = 'due' AND next_try_at <= $1
         UNION ALL
         SELECT resend_at FROM callback_message WHERE resend_at <= $1
       ) wanted`,
      [now],
    );
    return { due: row?.due ?? 0, oldestDueAt: row?.oldest ?? null };
  }
}

function toDelivery({ messageId: _message, ...delivery }: CallbackDelivery & { messageId: string }): CallbackDelivery {
  return delivery;
}
