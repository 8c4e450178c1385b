import type { PreparedCard } from '@app/cards';
import { Database, Coalescer, storableJson, type Queryable, type QueueDepth } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Change } from '../domain/changes';
import { CLOSING_MS, LONGEST_INQUIRY_MS, SHORTEST_INQUIRY_MS } from '../domain/inquiries';
import type { NewLink } from '../domain/hosted-link';
import type { Refusal } from '../domain/new-session';
import type { Session } from '../domain/session';
import { insertAll, INSERT_LIMITS, rowsOf, rowsOfRefused, type NewRows } from './session.inserts';
import { ensureSessionPartitions } from './session.partitions';
import { readAll, readAt, READ_LIMITS, readOne, type SessionKey } from './session.reads';
import type { RefusedRequest } from '../sessions.errors';
import { attemptRow, insertRows } from './session.rows';
import { saveAll, SAVE_LIMITS, type Saving } from './session.save';

/** Half of how long nothing has changed, within bounds; an hour after the end there is nothing left to say. */
const NEXT_INQUIRY = `CASE WHEN completed_at <= $1::timestamptz - $4::float8 * interval '1 ms' THEN NULL
  ELSE $1::timestamptz + least(greatest(($1::timestamptz - updated_at) / 2, $2::float8 * interval '1 ms'),
    $3::float8 * interval '1 ms') END`;
const INQUIRY_TIMES = [SHORTEST_INQUIRY_MS, LONGEST_INQUIRY_MS, CLOSING_MS];

/** Merchant by merchant along the index, however long the queue of one is. */
const CLAIM_INQUIRIES = `WITH RECURSIVE waiting AS (
    (SELECT merchant_id FROM session WHERE inquire_at IS NOT NULL ORDER BY merchant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT s.merchant_id FROM session s
            WHERE s.inquire_at IS NOT NULL AND s.merchant_id > waiting.merchant_id ORDER BY s.merchant_id LIMIT 1)
    FROM waiting WHERE waiting.merchant_id IS NOT NULL
  ),
  turns AS (
    SELECT first.id, first.inquire_at,
      row_number() OVER (PARTITION BY waiting.merchant_id ORDER BY first.inquire_at) AS turn
    FROM waiting LEFT JOIN unnest($7::uuid[], $8::int[]) AS busy(merchant_id, count) USING (merchant_id),
      LATERAL (
        SELECT s.id, s.inquire_at FROM session s
        WHERE s.merchant_id = waiting.merchant_id AND s.inquire_at <= $1
        ORDER BY s.inquire_at LIMIT greatest($6::int - coalesce(busy.count, 0), 0)
        FOR UPDATE SKIP LOCKED
      ) first
  )
  UPDATE session SET inquire_at = ${NEXT_INQUIRY}
  WHERE id = ANY (ARRAY(SELECT id FROM turns ORDER BY turn, inquire_at LIMIT $5))
  RETURNING id, merchant_id`;

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** A session that its connector is to be asked about. */
export interface DueInquiry {
  id: string;
  merchantId: string;
}

/** A session that is to be settled, and since when. */
export interface DueSession {
  id: string;
  deadlineAt: Date;
}

/** Stores sessions. A whole change is one statement, guarded by the version; reads are one statement too. */
@Injectable()
export class SessionRepository {
  private readonly inserts: Coalescer<NewRows>;
  private readonly reads: Coalescer<SessionKey, Session | null>;
  private readonly saves: Coalescer<Saving, boolean>;

  constructor(private readonly database: Database) {
    this.inserts = new Coalescer((items) => insertAll(database, items), INSERT_LIMITS);
    this.reads = new Coalescer((keys) => readAll(database, keys), READ_LIMITS);
    this.saves = new Coalescer((savings) => saveAll(database, savings), SAVE_LIMITS);
  }

  /**
   * Session, attempt, card (null: its source has no number), link (null: it is not hosted), first events, and the
   * correlation where the request goes out at once: one round trip, shared with whoever else is creating sessions at that
   * moment; in a transaction (`tx`), its own.
   */
  async insert(created: Change, card: PreparedCard | null, link: NewLink | null = null, tx?: Queryable): Promise<void> {
    const rows = rowsOf(created, card, link);
    if (tx) await insertAll(tx, [rows]);
    else await this.inserts.submit(rows);
  }

  /** A session that was turned away at creation: final, without card and attempt, kept for operators. */
  insertRefused(refusal: Refusal): Promise<void> {
    return this.inserts.submit(rowsOfRefused(refusal));
  }

  /** One more try of a session that is stored already, beside the change of the session that tells of it. */
  async insertAttempt(session: Session, tx: Queryable): Promise<void> {
    const rows = [attemptRow(session, session.updatedAt)];
    await tx.query(insertRows('attempt', '$1'), [storableJson(rows)]);
  }

  /**
   * Stores a change of a session, and the callback that it makes us owe. False, and nothing stored, when somebody else
   * changed the session in between. Outside of a transaction (`tx`) it shares its statement with other changes.
   */
  async save(saving: Saving, tx?: Queryable): Promise<boolean> {
    if (!tx) return this.saves.submit(saving);
    const [saved] = await saveAll(tx, [saving]);
    return saved === true;
  }

  /** By id, whoever's it is: for callers that prove themselves with the session's own secret, and for us. */
  async findById(id: string, db: Queryable = this.database): Promise<Session | null> {
    return readOne(db, id);
  }

  /** By id within one merchant and environment: for callers with a token. Shares its statement with other readers. */
  findOfMerchant(id: string, merchantId: string, environment: string): Promise<Session | null> {
    return this.reads.submit({ id, merchantId, environment });
  }

  /** Whether a line of that type is in a session's story. */
  async hasEvent(sessionId: string, type: string): Promise<boolean> {
    const found = await this.database.query('SELECT 1 FROM session_event WHERE session_id = $1 AND type = $2 LIMIT 1', [
      sessionId,
      type,
    ]);
    return found.length > 0;
  }

  /** Why a session of this id was turned away; null when there is none. */
  async findRefusal(id: string, merchantId: string, environment: string): Promise<RefusedRequest | null> {
    const [row] = await this.database.query<{ refusal_code: string; data: Partial<RefusedRequest> | null }>(
      `SELECT s.refusal_code, e.data FROM session s
       LEFT JOIN session_event e ON e.session_id = s.id AND e.type = 'refused'
       WHERE s.id = $1 AND s.merchant_id = $2 AND s.environment = $3 AND s.refusal_code IS NOT NULL`,
      [id, merchantId, environment],
    );
    if (!row) return null;
    return { kind: row.data?.kind ?? 'not_allowed', codes: row.data?.codes ?? [row.refusal_code] };
  }

  /** The session that an upstream's key belongs to. */
  async findByCorrelation(
    connector: string,
    key: string,
    db: Queryable = this.database,
  ): Promise<{ sessionId: string } | null> {
    const [row] = await db.query<{ session_id: string }>(
      'SELECT session_id FROM correlation WHERE connector = $1 AND key = $2',
      [connector, key],
    );
    return row ? { sessionId: row.session_id } : null;
  }

  /** Those of `keys` that name sessions other than this one. */
  async foreignKeys(
    { id, attempt }: Session,
    keys: readonly string[],
    db: Queryable = this.database,
  ): Promise<string[]> {
    const rows = await db.query<{ key: string }>(
      'SELECT key FROM correlation WHERE connector = $1 AND key = ANY($2::text[]) AND session_id <> $3',
      [attempt.connector, keys, id],
    );
    return rows.map(({ key }) => key);
  }

  /** A session with its latest attempt at one connector, which need not be the present one. */
  async findAtConnector(id: string, connector: string, db: Queryable): Promise<Session | null> {
    return readAt(db, id, connector);
  }

  /**
   * Takes up to `limit` sessions that are due to be asked about at `now`, of each merchant up to `share` together with the
   * `busy` ones that are under way, and puts off their next turn. Every merchant gets one before any gets a second.
   */
  async claimInquiries(
    now: Date,
    { limit, share, busy }: { limit: number; share: number; busy: ReadonlyMap<string, number> },
  ): Promise<DueInquiry[]> {
    const rows = await this.database.query<{ id: string; merchant_id: string }>(CLAIM_INQUIRIES, [
      now,
      ...INQUIRY_TIMES,
      limit,
      share,
      [...busy.keys()],
      [...busy.values()],
    ]);
    return rows.map((row) => ({ id: row.id, merchantId: row.merchant_id }));
  }

  /** As `claimInquiries`, for one session; false when it is not due, because somebody else has claimed it. */
  async claimInquiry(id: string, now: Date): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE session SET inquire_at = ${NEXT_INQUIRY} WHERE id = $5 AND inquire_at <= $1 RETURNING 1`,
      [now, ...INQUIRY_TIMES, id],
    );
    return rows.length > 0;
  }

  /** Sessions past their deadline at `now`, the longest due first; `after` is the last one of the page before. */
  async findDue(now: Date, limit: number, after?: DueSession): Promise<DueSession[]> {
    const rows = await this.database.query<{ id: string; deadline_at: Date }>(
      `SELECT id, deadline_at FROM session
       WHERE deadline_at IS NOT NULL AND deadline_at <= $1 AND (deadline_at, id) > ($3::timestamptz, $4::uuid)
       ORDER BY deadline_at, id LIMIT $2`,
      [now, limit, after?.deadlineAt ?? '-infinity', after?.id ?? NO_ID],
    );
    return rows.map((row) => ({ id: row.id, deadlineAt: row.deadline_at }));
  }

  /** How many non-final sessions are more than 60 s past their deadline. */
  async countOverdue(now: Date): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      `SELECT count(*) AS count FROM session WHERE deadline_at < $1::timestamptz - interval '60 seconds'`,
      [now],
    );
    return Number(row?.count ?? 0);
  }

  /** Those that their connector is to be asked about now. */
  inquiriesDue(now: Date): Promise<QueueDepth> {
    return this.depth(
      'SELECT count(*)::int AS count, min(inquire_at) AS "oldestAt" FROM session WHERE inquire_at <= $1',
      now,
    );
  }

  /** Those that are past their deadline. */
  deadlinesDue(now: Date): Promise<QueueDepth> {
    return this.depth(
      'SELECT count(*)::int AS count, min(deadline_at) AS "oldestAt" FROM session WHERE deadline_at <= $1',
      now,
    );
  }

  private async depth(sql: string, now: Date): Promise<QueueDepth> {
    const [row] = await this.database.query<QueueDepth>(sql, [now]);
    return row ?? { count: 0, oldestAt: null };
  }

  /** Removes what stands in for time-limited memory: correlations past their life. */
  async deleteExpiredCorrelations(now: Date): Promise<void> {
    await this.database.patient.query('DELETE FROM correlation WHERE expires_at < $1', [now]);
  }

  /** Makes the partitions around `now`: one month behind, two ahead. */
  async ensurePartitions(now: Date): Promise<void> {
    await ensureSessionPartitions(this.database, now);
  }
}
