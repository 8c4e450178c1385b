import type { Change } from '../domain/changes';
import type { Session } from '../domain/session';
import { storableJson } from '@app/platform';
import { ATTEMPT_MUTABLE, SESSION_MUTABLE, Values } from './session.columns';
import {
  cardExpiry,
  correlationRows,
  eventRows,
  exchangeRows,
  insertRows,
  type InsertedTable,
  type Row,
} from './session.rows';

/**
 * The one statement that stores a change: the session's row under the guard of its version, and everything else only if
 * that row was changed. It gives one row when it did, none when somebody else was first.
 */
export function saveStatement(before: Session, change: Change): { sql: string; values: unknown[] } {
  const { session } = change;
  const values = new Values();
  const id = values.add(session.id, 'uuid');
  const number = values.add(session.attempt.number, 'int');
  const guard = values.add(before.version, 'int');
  const insert = (table: InsertedTable, rows: readonly Row[]): string[] =>
    rows.length === 0 ? [] : [insertRows(table, values.add(storableJson(rows), 'text'), ', changed')];
  const parts = [
    `UPDATE attempt SET ${values.assignments(ATTEMPT_MUTABLE, session.attempt)} FROM changed
      WHERE attempt.session_id = ${id} AND attempt.number = ${number}`,
    ...insert('session_event', eventRows(change, before.eventSeq)),
    ...insert('exchange', exchangeRows(change, before.exchangeSeq)),
    ...insert('correlation', correlationRows(session, before)),
    ...cardExpiryPart(values, before, session, id),
  ];
  const changed = `UPDATE session SET ${values.assignments(SESSION_MUTABLE, session)}
    WHERE id = ${id} AND version = ${guard} RETURNING id`;
  const named = parts.map((part, index) => `part${index} AS (${part})`);
  return { sql: `WITH changed AS (${changed}), ${named.join(', ')} SELECT id FROM changed`, values: values.list };
}

function cardExpiryPart(values: Values, before: Session, session: Session, id: string): string[] {
  if (before.deadlineAt?.getTime() === session.deadlineAt?.getTime()) return [];
  const expiresAt = values.add(cardExpiry(session), 'timestamptz');
  return [`UPDATE card SET expires_at = ${expiresAt} FROM changed WHERE card.session_id = ${id}`];
}
