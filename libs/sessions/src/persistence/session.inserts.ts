import type { PreparedCard } from '@app/cards';
import { Statement, storableJson, type Queryable } from '@app/platform';
import type { Change } from '../domain/changes';
import type { NewLink } from '../domain/hosted-link';
import type { Refusal } from '../domain/new-session';
import {
  attemptRow,
  cardRow,
  correlationRows,
  eventRows,
  insertRows,
  linkRow,
  refusedSessionRow,
  sessionRow,
  type InsertedTable,
  type Row,
} from './session.rows';

/** Everything that one new session writes. */
export type NewRows = Partial<Record<InsertedTable, readonly Row[]>>;

/** How many statements of new sessions are under way at a time, and how many sessions one may hold. */
export const INSERT_LIMITS = { concurrency: 2, batch: 50 };

const TABLES = [
  'session',
  'attempt',
  'card',
  'session_event',
  'correlation',
] as const satisfies readonly InsertedTable[];

/** One statement of rows for `tables`, and its text. */
interface Insertion {
  tables: readonly InsertedTable[];
  sql: Statement;
}

function insertion(tables: readonly InsertedTable[]): Insertion {
  const parts = tables.map((table, index) => insertRows(table, `$${index + 1}`));
  const named = parts.slice(0, -1).map((part, index) => `part${index} AS (${part})`);
  return { tables, sql: new Statement(`WITH ${named.join(', ')} ${parts.at(-1) ?? ''}`) };
}

/** Always the same texts: the planner's work and ours is shared by all sessions of a statement. */
const WITHOUT_LINKS = insertion(TABLES);
const WITH_LINKS = insertion([...TABLES, 'hosted_link']);

/**
 * A session that was opened: with its attempt, its card where it has a number, its link where it is hosted and, where the
 * request goes out at once, its correlation.
 */
export function rowsOf(created: Change, card: PreparedCard | null, link: NewLink | null): NewRows {
  const { session } = created;
  return {
    session: [sessionRow(session)],
    attempt: [attemptRow(session)],
    card: card === null ? [] : [cardRow(session, card)],
    session_event: eventRows(created, 0),
    correlation: correlationRows(session),
    ...(link === null ? {} : { hosted_link: [linkRow(link)] }),
  };
}

/** A session that was turned away: no card, no attempt. */
export function rowsOfRefused(refusal: Refusal): NewRows {
  return { session: [refusedSessionRow(refusal)], session_event: eventRows(refusal.created, 0) };
}

/** Stores all of them in one statement, or none. */
export async function insertAll(db: Queryable, items: readonly NewRows[]): Promise<void[]> {
  const { tables, sql } = items.some(({ hosted_link }) => hosted_link !== undefined) ? WITH_LINKS : WITHOUT_LINKS;
  const values = tables.map((table) => storableJson(items.flatMap((item) => item[table] ?? [])));
  await db.query(sql, values);
  return items.map(() => undefined);
}
