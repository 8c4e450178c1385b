/** Callbacks of sessions, and how long merchants took to take them. */
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

/** Whatever was sent again later. */
const AT_FIRST =
  'EXISTS (SELECT FROM callback_delivery d WHERE d.message_id = message.id AND d.try = 1 AND d.problem IS NULL)';

/**
 * It tells the result, of which there is one message for a session. That a session stands in for one that an operator retried is told
 * by another one, before its end.
 */
export const TELLS_RESULT = `kind = 'session_completed'`;

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

const DUE_NOW = `state = 'due' AND next_try_at <= clock_timestamp()`;

/**
 * Figures over `message` of those that are not delivered. One that waits for its merchant's own `complete` is owed by nobody yet, and
 * not among them; one that was tried is, whenever it is tried again.
 */
export const UNDELIVERED = `count(*) FILTER (WHERE state = 'dead')::int AS dead, count(*) FILTER (WHERE ${DUE_NOW})::int AS backlog,
  count(*) FILTER (WHERE state = 'due' AND tries > 0 AND NOT (${DUE_NOW}))::int AS waiting,
  min(next_try_at) FILTER (WHERE ${DUE_NOW}) AS "oldestDueAt"`;
