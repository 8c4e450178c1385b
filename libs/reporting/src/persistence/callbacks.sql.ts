/** Callbacks of sessions: when they count, and how long merchants took to take them. */
import type { CallbackCount } from '@app/platform';
import type { CALLBACK_MEASURES } from '../domain/measures';
import { msBetween } from './histogram.sql';
import { timeOfId } from './uuid.sql';

/**
 * A message that its merchant had within a day of the session: nothing of it changes any more when its hour is rolled up. All
 * others may still, also those whose merchant asked for them days later; an index has them.
 */
const LATE = `(m.delivered_at IS NULL OR m.delivered_at - ${timeOfId('m.session_id')} > interval '24 hours')`;
const PROMPT = `NOT ${LATE}`;

const columnsOf = (session: string): string =>
  `m.id, m.session_id, m.kind, m.state, m.tries, m.created_at, m.delivered_at, m.next_try_at, ${session}.final_at`;

/** The messages of `own`, with more of those sessions' columns. */
export const messagesOfOwn = (more = '', only: 'all' | 'prompt' = 'all'): string =>
  `SELECT ${columnsOf('own')}${more} FROM own JOIN callback_message m ON m.session_id = own.id${only === 'prompt' ? ` AND ${PROMPT}` : ''}`;

/**
 * Late messages of the sessions whose ids are in some ranges: few, and so looked up one by one, whatever Postgres takes them for.
 * @param ranges two arrays of UUIDs, where each begins and before which it ends
 * @param session a SELECT of the session that has `m.session_id`, if it is looked at
 */
export const lateMessages = (ranges: string, session: string): string =>
  `SELECT ${columnsOf('s')} FROM unnest(${ranges}) AS range(first, before)
    CROSS JOIN LATERAL (SELECT * FROM callback_message m WHERE ${LATE} AND m.session_id >= range.first AND m.session_id < range.before OFFSET 0) m
    CROSS JOIN LATERAL (${session} LIMIT 1) s`;

/**
 * It tells the result, of which there is one message for a session. That a session stands in for one that an operator retried is told
 * by another one, before its end.
 */
export const TELLS_RESULT = `kind = 'session_completed'`;

/** Whatever was sent again later. */
const atFirst = (row: string): string =>
  `EXISTS (SELECT FROM callback_delivery d WHERE d.message_id = ${row}.id AND d.try = 1 AND d.problem IS NULL)`;

const AT_FIRST = atFirst('message');

/** Nothing is looked up of those that are not. */
const ofDelivered = (which: string, ms: string): string =>
  `CASE WHEN message.delivered_at IS NULL THEN NULL WHEN ${which} THEN ${ms} END`;

const LAG = msBetween('message.created_at', 'message.delivered_at');

/** What is measured of each `message`, in ms. */
export const CALLBACK_MS: Readonly<Record<(typeof CALLBACK_MEASURES)[number], string>> = {
  callback: ofDelivered(`message.${TELLS_RESULT}`, msBetween('message.final_at', 'message.delivered_at')),
  lag_first: ofDelivered(AT_FIRST, LAG),
  lag_later: ofDelivered(`NOT ${AT_FIRST}`, LAG),
};

/** It is to be sent now: for the first time, again, or once more because somebody wants it. An instant that indexes know. */
const wantedNow = (row: string): string =>
  `((${row}.state = 'due' AND ${row}.next_try_at <= statement_timestamp()) OR ${row}.resend_at <= statement_timestamp())`;

/**
 * When a callback counts, by the name of its row. One that waits for its merchant's own `complete` is owed by nobody yet; one
 * that was tried is, whenever it is tried again.
 */
export const CALLBACK_COUNT_SQL: Readonly<Record<CallbackCount, (row: string) => string>> = {
  due: (row) => `(${row}.state <> 'due' OR ${row}.tries > 0 OR ${row}.next_try_at <= statement_timestamp())`,
  first_try: (row) => `(${row}.state = 'delivered' AND ${atFirst(row)})`,
  delivered: (row) => `${row}.state = 'delivered'`,
  backlog: wantedNow,
  dead: (row) => `${row}.state = 'dead'`,
};

/** Figures over `message` of those that are not delivered. */
export const UNDELIVERED = `count(*) FILTER (WHERE ${CALLBACK_COUNT_SQL.dead('message')})::int AS dead,
  count(*) FILTER (WHERE message.state <> 'delivered' AND ${CALLBACK_COUNT_SQL.due('message')})::int AS undelivered`;

/**
 * Since when each message is wanted that is to be sent now, of the sessions whose ids are in a range, looked up like late ones.
 * @param session a SELECT of the session that has `m.session_id`, if it is looked at
 */
export const wantedMessages = (first: string, before: string, session: string): string =>
  `SELECT coalesce(m.resend_at, m.next_try_at) AS since FROM (SELECT * FROM callback_message m
      WHERE ${wantedNow('m')} AND m.session_id >= ${first}::uuid AND m.session_id < ${before}::uuid OFFSET 0) m
    CROSS JOIN LATERAL (${session} LIMIT 1) s`;
