/** The statements of reports about what is measured: of sessions, of histograms that are rolled up, and of callbacks that come late. */
import { CALLBACK_MS, messagesOfOwn, UNDELIVERED } from './callbacks.sql';
import { isUnresolved } from './counts-as.sql';
import { countedSql, entriesSql, measuredSql, storedSql } from './histogram.sql';
import { legRows, SESSION_LEGS, thoseOf, type Those } from './legs.sql';

/** Where the parts of a report are, each null where it has no such part. */
export interface MeasuredParts {
  /** FROM clause of the sessions `s` of hours that are not rolled up. */
  readonly left: string | null;
  /** The condition that an id is that of one created when they were; null where that is a short time. */
  readonly within: Those | null;
  /** FROM clause of the histograms `r` of those that are. */
  readonly stored: string | null;
  /** A SELECT of the messages about sessions of those hours that their histograms do not have. */
  readonly late: string | null;
  /** A SELECT of the messages that are to be sent now, about any of those sessions. */
  readonly wanted: () => string;
}

const ownSql = (left: string): string =>
  `own AS MATERIALIZED (SELECT s.id, s.created_at, s.final_at, s.deadline_at ${left})`;

/** Those about `own`, found as the lines of its sessions are. */
const messagesWithin = (within: Those | null): string =>
  within === null ? messagesOfOwn() : `${messagesOfOwn()} AND ${within('m.session_id')}`;

const OF_CALLBACKS = measuredSql('message', '', 'message', CALLBACK_MS);

const known = (parts: readonly (string | null)[]): string[] => parts.filter((part) => part !== null);

/** One row: the `entries` of every leg. */
export function durationsSql({ left, within, stored, late }: MeasuredParts): string {
  const parts = [
    left &&
      countedSql(`WITH ${ownSql(left)}, message AS (${messagesWithin(within)})
        ${measuredSql('own', '', legRows(thoseOf(within)), SESSION_LEGS)} UNION ALL ${OF_CALLBACKS}`),
    stored && storedSql(stored),
    late && countedSql(`WITH message AS (${late}) ${OF_CALLBACKS}`),
  ];
  return `SELECT ${entriesSql(known(parts))} AS entries`;
}

/** One row: the `entries` of what is measured of callbacks, and what is told of those that are not delivered. */
export function callbacksSql({ left, within, stored, late, wanted }: MeasuredParts): string {
  const own = left === null ? '' : `${ownSql(left)}, `;
  const messages = known([left && messagesWithin(within), late]).join(' UNION ALL ');
  const entries = [countedSql(OF_CALLBACKS), stored && storedSql(`${stored} AND r.part = 'callback'`)];
  // No session of an hour that is rolled up is open.
  const overdue = left === null ? '0' : `(SELECT count(*)::int FROM own WHERE ${isUnresolved('own')})`;
  return `WITH ${own}message AS MATERIALIZED (${messages}), wanted AS MATERIALIZED (${wanted()})
    SELECT ${UNDELIVERED}, (SELECT count(*)::int FROM wanted) AS backlog, (SELECT min(since) FROM wanted) AS "oldestDueAt", ${overdue} AS "unresolvedPastDeadline", ${entriesSql(known(entries))} AS entries FROM message`;
}
