import type { CallbackRow } from '@app/callbacks';
import { Statement, storableJson, type Queryable } from '@app/platform';
import type { Change } from '../domain/changes';
import type { Session } from '../domain/session';
import { ATTEMPT_MUTABLE, SESSION_MUTABLE, type Column } from './session.columns';
import {
  cardExpiry,
  changedAttemptRow,
  changedSessionRow,
  correlationRows,
  eventRows,
  exchangeRows,
  insertRows,
  type Row,
} from './session.rows';

/** A change of a session that was read as `before`, and the callback that it makes us owe. */
export interface Saving {
  before: Session;
  change: Change;
  callback?: CallbackRow;
}

/** How many statements of changes are under way at a time, and how many changes one may hold. */
export const SAVE_LIMITS = { concurrency: 3, batch: 30 };

/** `column = r.column` pairs, as the list of an UPDATE. */
const assign = <T>(columns: readonly Column<T>[]): string => columns.map(([name]) => `${name} = r.${name}`).join(', ');

const NOT_NULL_VIOLATION = '23502';

const ofChanged = ' WHERE r.session_id IN (SELECT id FROM changed)';

/**
 * Always the same text. Every change is guarded by the version that it was made on (the new one less one); whatever else
 * it writes hangs on its session's row having been changed. The ids come as an array beside the rows, because the planner
 * knows the length of an array, or else takes it for ten, and looks few sessions up by their key instead of reading whole
 * partitions. A name that is another session's must not become this one's too, and a look before could come too early to
 * see it: taking it makes the statement fail. Sessions are locked one by one in the order of the array, whatever the planner
 * joins first afterwards: statements that take the same sessions in different orders would lock each other out.
 */
const SAVE_ALL = new Statement(`WITH locked AS MATERIALIZED (
    SELECT (SELECT s.id FROM session s WHERE s.id = w.id FOR NO KEY UPDATE) AS id, w.position
    FROM unnest($1::uuid[]) WITH ORDINALITY AS w(id, position)),
  changed AS (
    UPDATE session s SET ${assign(SESSION_MUTABLE)}
    FROM locked w, json_populate_record(NULL::session, $2::json -> (w.position::int - 1)) r
    WHERE s.id = w.id AND s.version = r.version - 1 RETURNING s.id),
  attempts AS (
    UPDATE attempt a SET ${assign(ATTEMPT_MUTABLE)}
    FROM unnest($1::uuid[]) WITH ORDINALITY AS w(id, position),
      json_populate_record(NULL::attempt, $3::json -> (w.position::int - 1)) r, changed
    WHERE changed.id = w.id AND a.session_id = w.id AND a.number = r.number),
  events AS (${insertRows('session_event', '$4', ofChanged)}),
  exchanges AS (${insertRows('exchange', '$5', ofChanged)}),
  correlations AS (${insertRows('correlation', '$6', ofChanged)} ON CONFLICT ON CONSTRAINT pk_correlation
    DO UPDATE SET session_id = NULL WHERE correlation.session_id <> excluded.session_id),
  callbacks AS (${insertRows('callback_message', '$7', ofChanged)}
    ON CONFLICT ON CONSTRAINT uq_callback_message_session_kind DO NOTHING),
  cards AS (
    UPDATE card c SET expires_at = w.expires_at
    FROM unnest($8::uuid[], $9::timestamptz[]) AS w(id, expires_at), changed
    WHERE changed.id = w.id AND c.session_id = w.id)
  SELECT id FROM changed`);

/**
 * Stores changes in one statement. Tells of each whether it was stored: false, and nothing of it stored, when somebody
 * else was first. Of two changes of one session in the same statement the later in line has lost.
 */
export async function saveAll(db: Queryable, items: readonly Saving[]): Promise<boolean[]> {
  const first = new Map<string, Saving>();
  for (const item of items) if (!first.has(item.before.id)) first.set(item.before.id, item);
  // Everybody locks in this order: statements that hold each other's next session would wait for each other.
  const savings = [...first.values()].sort((a, b) => (a.before.id < b.before.id ? -1 : 1));
  const rows = (of: (saving: Saving) => readonly Row[]): string => storableJson(savings.flatMap(of));
  const cards = savings.filter(({ before, change }) => movesCard(before, change.session));
  const changed = await db.query<{ id: string }>(SAVE_ALL, [
    savings.map(({ before }) => before.id),
    rows(({ change }) => [changedSessionRow(change.session)]),
    rows(({ change }) => [changedAttemptRow(change.session)]),
    rows(({ before, change }) => eventRows(change, before.eventSeq)),
    rows(({ before, change }) => exchangeRows(change, before.exchangeSeq)),
    rows(({ before, change }) => correlationRows(change.session, before, change.correlationKeys)),
    rows(({ callback }) => (callback ? [callback] : [])),
    cards.map(({ before }) => before.id),
    cards.map(({ change }) => cardExpiry(change.session)),
  ]);
  const stored = new Set(changed.map(({ id }) => id));
  return items.map((item) => first.get(item.before.id) === item && stored.has(item.before.id));
}

/** Tells whether a change was not stored because it gives its attempt a name that is another session's. */
export function isForeignName(error: unknown): boolean {
  const { code, table, column } = (error ?? {}) as { code?: unknown; table?: unknown; column?: unknown };
  return code === NOT_NULL_VIOLATION && table === 'correlation' && column === 'session_id';
}

function movesCard(before: Session, after: Session): boolean {
  return before.deadlineAt?.getTime() !== after.deadlineAt?.getTime();
}
