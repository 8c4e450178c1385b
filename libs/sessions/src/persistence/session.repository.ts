import { CARD_COLUMNS, cardValues, type PreparedCard } from '@app/cards';
import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Change } from '../domain/changes';
import { minutesAfter } from '../domain/deadlines';
import type { Refusal } from '../domain/new-session';
import type { Session, SessionEvent } from '../domain/session';
import { ATTEMPT_FIXED, ATTEMPT_MUTABLE, SESSION_FIXED, SESSION_MUTABLE, Values } from './session.columns';
import { SESSION_SELECT, toSession, type SessionRow } from './session.row';

/** Types of `CARD_COLUMNS`, in their order. */
const CARD_TYPES = ['uuid', 'uuid', 'bytea', 'smallint', 'smallint', 'timestamptz', 'timestamptz'];

/** How long a correlation outlives its attempt: a late result is still recognised, answered and kept. */
const CORRELATION_DAYS = 30;

/** Stores sessions. A whole change is one statement, guarded by the version; reads are one statement too. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /** Session, attempt, card, first event, and the correlation where the request goes out at once: one round trip. */
  async insert(created: Change, card: PreparedCard): Promise<void> {
    const { session } = created;
    const values = new Values();
    const parts = [
      insertInto('session', values.row([...SESSION_FIXED, ...SESSION_MUTABLE], session)),
      insertInto('attempt', attemptRow(values, session)),
      insertInto('card', cardRow(values, session, card)),
      ...storyParts(values, created, 0, 0),
      ...correlationPart(values, session),
    ];
    await this.database.query(statement(parts), values.list);
  }

  /** A session that was turned away at creation: final, without card and attempt, kept for operators. */
  async insertRefused(refusal: Refusal): Promise<void> {
    const { session } = refusal.created;
    const values = new Values();
    const row = values.row([...SESSION_FIXED, ...SESSION_MUTABLE], session);
    const parts = [
      insertInto('session', {
        names: `${row.names}, refusal_code`,
        placeholders: `${row.placeholders}, ${values.add(refusal.code, 'text')}`,
      }),
      ...storyParts(values, refusal.created, 0, 0),
    ];
    await this.database.query(statement(parts), values.list);
  }

  /**
   * Stores a change of a session that was read at `before.version`. Returns false, and stores nothing, when somebody
   * else changed it in between.
   */
  async save(before: Session, change: Change, db: Queryable = this.database): Promise<boolean> {
    const { session } = change;
    const values = new Values();
    const id = values.add(session.id, 'uuid');
    const number = values.add(session.attempt.number, 'int');
    const guard = values.add(before.version, 'int');
    const updated = `UPDATE session SET ${values.assignments(SESSION_MUTABLE, session)}
      WHERE id = ${id} AND version = ${guard} RETURNING id`;
    const parts = [
      `UPDATE attempt SET ${values.assignments(ATTEMPT_MUTABLE, session.attempt)} FROM changed
        WHERE attempt.session_id = changed.id AND attempt.session_id = ${id} AND number = ${number}`,
      ...storyParts(values, change, before.eventSeq, before.exchangeSeq, true),
      ...correlationPart(values, session, before, true),
      ...cardExpiryPart(values, before, session, id),
    ];
    const named = parts.map((part, index) => `part${index} AS (${part})`);
    const sql = `WITH changed AS (${updated}), ${named.join(', ')} SELECT id FROM changed`;
    return (await db.query(sql, values.list)).length === 1;
  }

  /** By id, whoever's it is: for callers that prove themselves with the session's own secret, and for us. */
  async findById(id: string, db: Queryable = this.database): Promise<Session | null> {
    return this.findOne(db, 's.id = $1', [id]);
  }

  /** By id within one merchant and environment: for callers with a token. */
  async findOfMerchant(id: string, merchantId: string, environment: string): Promise<Session | null> {
    return this.findOne(this.database, 's.id = $1 AND s.merchant_id = $2 AND s.environment = $3', [
      id,
      merchantId,
      environment,
    ]);
  }

  /** The session that an upstream's key belongs to. */
  async findByCorrelation(connector: string, key: string): Promise<{ sessionId: string } | null> {
    const [row] = await this.database.query<{ session_id: string }>(
      'SELECT session_id FROM correlation WHERE connector = $1 AND key = $2',
      [connector, key],
    );
    return row ? { sessionId: row.session_id } : null;
  }

  /** Sessions past their deadline at `now`, oldest first. */
  async findDue(now: Date, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM session WHERE deadline_at IS NOT NULL AND deadline_at <= $1 ORDER BY deadline_at LIMIT $2',
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  /** How many non-final sessions are more than 60 s past their deadline. */
  async countOverdue(now: Date): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      `SELECT count(*) AS count FROM session WHERE deadline_at < $1::timestamptz - interval '60 seconds'`,
      [now],
    );
    return Number(row?.count ?? 0);
  }

  /** Removes what stands in for time-limited memory: correlations past their life. */
  async deleteExpiredCorrelations(now: Date): Promise<void> {
    await this.database.query('DELETE FROM correlation WHERE expires_at < $1', [now]);
  }

  /** Makes the partitions around `now`: one month behind, two ahead. */
  async ensurePartitions(now: Date): Promise<void> {
    await this.database.query(
      `SELECT countersign_ensure_partitions(parent, 'month', 1, 2, $1)
       FROM unnest(ARRAY['session','attempt','session_event','exchange']) AS parent`,
      [now],
    );
  }

  // The attempt's partition is found by a constant, not by the join: planning then looks at one partition of each.
  private async findOne(db: Queryable, where: string, values: readonly unknown[]): Promise<Session | null> {
    const [row] = await db.query<SessionRow>(
      `SELECT ${SESSION_SELECT} FROM session s
       JOIN attempt a ON a.session_id = $1 AND a.number = s.attempt_number WHERE ${where}`,
      values,
    );
    return row ? toSession(row) : null;
  }
}

interface InsertRow {
  names: string;
  placeholders: string;
}

function insertInto(table: string, row: InsertRow): string {
  return `INSERT INTO ${table} (${row.names}) VALUES (${row.placeholders})`;
}

/** Several statements in one: each but the last is a common table expression. */
function statement(parts: readonly string[]): string {
  const last = parts.length - 1;
  const named = parts.slice(0, last).map((part, index) => `part${index} AS (${part})`);
  return `WITH ${named.join(', ')} ${parts[last] ?? ''}`;
}

function attemptRow(values: Values, session: Session): InsertRow {
  const row = values.row([...ATTEMPT_FIXED, ...ATTEMPT_MUTABLE], session.attempt);
  return {
    names: `session_id, merchant_id, created_at, ${row.names}`,
    placeholders: `${values.add(session.id, 'uuid')}, ${values.add(session.merchantId, 'uuid')}, ${values.add(session.createdAt, 'timestamptz')}, ${row.placeholders}`,
  };
}

function cardRow(values: Values, session: Session, card: PreparedCard): InsertRow {
  const row = cardValues(card, cardExpiry(session));
  return {
    names: CARD_COLUMNS.join(', '),
    placeholders: row.map((value, index) => values.add(value, CARD_TYPES[index] ?? 'text')).join(', '),
  };
}

/** Final plus the channel's retention; while open, the deadline stands for the end, so that no card outlives a loss. */
function cardExpiry(session: Session): Date {
  return minutesAfter(session.finalAt ?? session.deadlineAt ?? session.createdAt, session.cardRetentionMinutes);
}

function cardExpiryPart(values: Values, before: Session, session: Session, id: string): string[] {
  if (before.deadlineAt?.getTime() === session.deadlineAt?.getTime()) return [];
  const expiresAt = values.add(cardExpiry(session), 'timestamptz');
  return [`UPDATE card SET expires_at = ${expiresAt} FROM changed WHERE card.session_id = ${id}`];
}

function eventRow(event: SessionEvent, seq: number): SessionEvent & { seq: number } {
  return { ...event, seq };
}

/** New events and exchanges; in a change they hang on `changed`, so that a lost race writes none. */
function storyParts(values: Values, change: Change, eventSeq: number, exchangeSeq: number, guarded = false): string[] {
  const { session } = change;
  const from = guarded ? ', changed' : '';
  const parts: string[] = [];
  const id = values.add(session.id, 'uuid');
  const merchant = values.add(session.merchantId, 'uuid');
  if (change.events.length > 0) {
    const rows = values.add(
      JSON.stringify(change.events.map((event, index) => eventRow(event, eventSeq + index))),
      'jsonb',
    );
    parts.push(`INSERT INTO session_event (session_id, merchant_id, seq, at, type, from_status, to_status, actor, attempt_number, data)
      SELECT ${id}, ${merchant}, seq, at, type, "from", "to", actor, "attemptNumber", data
      FROM jsonb_to_recordset(${rows}) AS e(seq int, at timestamptz, type text, "from" text, "to" text, actor text, "attemptNumber" int, data jsonb)${from}`);
  }
  if (change.exchanges.length > 0) {
    const rows = values.add(
      JSON.stringify(change.exchanges.map((exchange, index) => ({ ...exchange, seq: exchangeSeq + index }))),
      'jsonb',
    );
    const number = values.add(session.attempt.number, 'int');
    parts.push(`INSERT INTO exchange (session_id, merchant_id, seq, attempt_number, direction, message_type, at, latency_ms, body, problem)
      SELECT ${id}, ${merchant}, seq, ${number}, direction, "messageType", at, "latencyMs", body, problem
      FROM jsonb_to_recordset(${rows}) AS x(seq int, direction text, "messageType" text, at timestamptz, "latencyMs" double precision, body jsonb, problem text)${from}`);
  }
  return parts;
}

/** Written when the request goes out: before that nobody outside knows the transaction id as ours. */
function correlationPart(values: Values, session: Session, before?: Session, guarded = false): string[] {
  const goesOut = session.attempt.progress === 'asked' && before?.attempt.progress !== 'asked';
  if (!goesOut) return [];
  const expiresAt = new Date(session.updatedAt.getTime() + CORRELATION_DAYS * 86_400_000);
  const row = [
    values.add(session.attempt.connector, 'text'),
    values.add(session.attempt.transactionId, 'text'),
    values.add(session.id, 'uuid'),
    values.add(session.attempt.number, 'int'),
    values.add(expiresAt, 'timestamptz'),
  ].join(', ');
  return [
    `INSERT INTO correlation (connector, key, session_id, attempt_number, expires_at) SELECT ${row}${guarded ? ' FROM changed' : ''}`,
  ];
}
