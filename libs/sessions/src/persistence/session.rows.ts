import { CALLBACK_COLUMNS } from '@app/callbacks';
import { CARD_COLUMNS, cardValues, type PreparedCard } from '@app/cards';
import type { Change } from '../domain/changes';
import type { Refusal } from '../domain/new-session';
import { minutesAfter } from '../domain/deadlines';
import type { NewLink } from '../domain/hosted-link';
import { legOf } from '../domain/leg';
import type { Session } from '../domain/session';
import { ATTEMPT_FIXED, ATTEMPT_MUTABLE, SESSION_FIXED, SESSION_MUTABLE, type Column } from './session.columns';

/** A row by column name, fit for JSON: bytes are in Postgres' hex form. */
export type Row = Readonly<Record<string, unknown>>;

/** How long a correlation outlives its attempt: a late result is still recognised, answered and kept. */
const CORRELATION_DAYS = 30;
const DAY_MS = 86_400_000;

const names = <T>(columns: readonly Column<T>[]): string[] => columns.map(([name]) => name);

/** The columns that are inserted into each table; named, so that a newer column keeps its default while we roll out. */
const INSERTED = {
  session: [...names(SESSION_FIXED), ...names(SESSION_MUTABLE)],
  attempt: ['session_id', 'merchant_id', 'created_at', ...names(ATTEMPT_FIXED), ...names(ATTEMPT_MUTABLE)],
  card: [...CARD_COLUMNS],
  session_event: [
    'session_id',
    'merchant_id',
    'seq',
    'at',
    'type',
    'from_status',
    'to_status',
    'actor',
    'attempt_number',
    'data',
    'leg',
  ],
  exchange: [
    'session_id',
    'merchant_id',
    'seq',
    'attempt_number',
    'direction',
    'message_type',
    'at',
    'latency_ms',
    'body',
    'problem',
  ],
  correlation: ['connector', 'key', 'session_id', 'attempt_number', 'expires_at'],
  callback_message: [...CALLBACK_COLUMNS],
  hosted_link: ['token_hash', 'session_id', 'merchant_id', 'token_sealed', 'created_at', 'forget_at'],
} as const;

export type InsertedTable = keyof typeof INSERTED;

/** An INSERT of any number of rows that arrive as one JSON array in `placeholder`; `where` restricts it to some of them. */
export function insertRows(table: InsertedTable, placeholder: string, where = ''): string {
  const columns = INSERTED[table].join(', ');
  const selected = INSERTED[table].map((column) => `r.${column}`).join(', ');
  return `INSERT INTO ${table} (${columns}) SELECT ${selected} FROM json_populate_recordset(NULL::${table}, ${placeholder}::json) r${where}`;
}

export function sessionRow(session: Session): Row {
  return rowOf([...SESSION_FIXED, ...SESSION_MUTABLE], session);
}

/** A session that was turned away: whose card it is may not even be known. */
export function refusedSessionRow({ created, scheme }: Refusal): Row {
  return { ...sessionRow(created.session), scheme };
}

export function attemptRow(session: Session, createdAt = session.createdAt): Row {
  return {
    session_id: session.id,
    merchant_id: session.merchantId,
    created_at: createdAt,
    ...rowOf([...ATTEMPT_FIXED, ...ATTEMPT_MUTABLE], session.attempt),
  };
}

/** What a statement may change of a session and of its attempt, by column name, with what finds their rows. */
export function changedSessionRow(session: Session): Row {
  return { id: session.id, ...rowOf(SESSION_MUTABLE, session) };
}

export function changedAttemptRow(session: Session): Row {
  return { session_id: session.id, number: session.attempt.number, ...rowOf(ATTEMPT_MUTABLE, session.attempt) };
}

export function cardRow(session: Session, card: PreparedCard): Row {
  const values = cardValues(card, cardExpiry(session), session.environment);
  return Object.fromEntries(CARD_COLUMNS.map((column, index) => [column, storable(values[index])]));
}

/** Final plus the channel's retention; while open, the deadline stands for the end, so that no card outlives a loss. */
export function cardExpiry(session: Session): Date {
  return minutesAfter(session.finalAt ?? session.deadlineAt ?? session.createdAt, session.cardRetentionMinutes);
}

/** The new lines of the story, numbered from `seq`. */
export function eventRows({ session, events }: Change, seq: number): Row[] {
  return events.map((event, index) => ({
    session_id: session.id,
    merchant_id: session.merchantId,
    seq: seq + index,
    at: event.at,
    type: event.type,
    from_status: event.from,
    to_status: event.to,
    actor: event.actor,
    attempt_number: event.attemptNumber,
    data: event.data,
    leg: legOf(event),
  }));
}

/** The new exchanges, numbered from `seq`. */
export function exchangeRows({ session, exchanges }: Change, seq: number): Row[] {
  return exchanges.map((exchange, index) => ({
    session_id: session.id,
    merchant_id: session.merchantId,
    seq: seq + index,
    attempt_number: session.attempt.number,
    direction: exchange.direction,
    message_type: exchange.messageType,
    at: exchange.at,
    latency_ms: exchange.latencyMs ?? null,
    body: exchange.body,
    problem: exchange.problem ?? null,
  }));
}

/**
 * The names that notices may use for an attempt from this change on: the one that it was planned with, at once; else its
 * transaction id when the request goes out, because before that nobody outside knows it as ours; and those in `further`.
 */
export function correlationRows(
  { attempt, id, updatedAt }: Session,
  before?: Session,
  further: readonly string[] = [],
): Row[] {
  const isNew = before?.attempt.number !== attempt.number;
  const keys = new Set(further);
  if (attempt.correlationKey === null) {
    if (attempt.progress === 'asked' && (isNew || before.attempt.progress !== 'asked')) keys.add(attempt.transactionId);
  } else if (isNew) keys.add(attempt.correlationKey);
  const expiresAt = new Date(updatedAt.getTime() + CORRELATION_DAYS * DAY_MS);
  return [...keys].map((key) => ({
    connector: attempt.connector,
    key,
    session_id: id,
    attempt_number: attempt.number,
    expires_at: expiresAt,
  }));
}

export function linkRow(link: NewLink): Row {
  return {
    token_hash: storable(link.tokenHash),
    session_id: link.sessionId,
    merchant_id: link.merchantId,
    token_sealed: storable(link.tokenSealed),
    created_at: link.createdAt,
    forget_at: link.forgetAt,
  };
}

function rowOf<T>(columns: readonly Column<T>[], item: T): Row {
  const row: Record<string, unknown> = {};
  for (const [name, , value] of columns) row[name] = storable(value(item));
  return row;
}

function storable(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
