/** How long each leg of a session took, from the times that are stored of it. `own` are the sessions. */
import type { LegId } from '../domain/legs';

/** Lines of a story that are an answer or a result, and not what was noted beside. */
const DECISIONS = `('challenge_required', 'decoupled', 'authenticated', 'attempted', 'not_authenticated', 'rejected', 'unavailable',
  'challenge_left')`;

const pageLeg = (leg: string): string => `min(l.at) FILTER (WHERE l.leg = '${leg}') AS ${leg}`;

/** `leg` has one row per session of `own` with the instants that are known of it; `those` is the condition that an id is one of them. */
export const legSources = (those: string): string => `
  told AS (
    SELECT e.session_id, min(e.at) FILTER (WHERE e.type = 'method_reported') AS method_reported,
      min(e.at) FILTER (WHERE e.type = 'request_sent') AS request_sent,
      min(e.at) FILTER (WHERE e.leg = 'answer' AND e.type IN ${DECISIONS}) AS answered,
      min(e.at) FILTER (WHERE e.leg = 'result' AND e.type IN ${DECISIONS}) AS resulted
    FROM session_event e WHERE e.session_id ${those} GROUP BY 1),
  seen AS (
    SELECT l.session_id, ${['method_started', 'method_finished', 'challenge_shown', 'first_input'].map(pageLeg).join(', ')}
    FROM session_leg l WHERE l.session_id ${those} GROUP BY 1),
  acknowledged AS (
    SELECT m.session_id, min(m.delivered_at) AS acknowledged
    FROM callback_message m WHERE m.session_id ${those} AND m.delivered_at IS NOT NULL GROUP BY 1),
  leg AS (
    SELECT * FROM own LEFT JOIN told ON told.session_id = own.id LEFT JOIN seen ON seen.session_id = own.id
      LEFT JOIN acknowledged ON acknowledged.session_id = own.id)`;

/** For as many sessions as there may be. */
export const LEG_SOURCES = legSources('IN (SELECT id FROM own)');

const SPANS: Readonly<Record<LegId, readonly [from: string, to: string]>> = {
  method_start: ['created_at', 'method_started'],
  method: ['method_started', 'method_finished'],
  request: ['coalesce(method_finished, method_reported, created_at)', 'request_sent'],
  answer: ['request_sent', 'answered'],
  challenge_open: ['answered', 'challenge_shown'],
  first_input: ['challenge_shown', 'first_input'],
  input_to_result: ['first_input', 'resulted'],
  challenge: ['answered', 'resulted'],
  callback: ['final_at', 'acknowledged'],
  whole: ['created_at', 'final_at'],
};

/** The length of each leg of a row of `leg`, in ms; null where it has none. What clocks put before its beginning took no time. */
export const LEG_MS = Object.fromEntries(
  Object.entries(SPANS).map(([id, [from, to]]) => [
    id,
    `CASE WHEN ${to} IS NOT NULL AND ${from} IS NOT NULL
      THEN greatest(0, extract(epoch FROM ${to} - ${from}) * 1000)::float8 END`,
  ]),
) as Readonly<Record<LegId, string>>;

/** An object per leg: how many have it, and its percentiles in ms. */
export const LEG_COLUMNS = Object.entries(LEG_MS)
  .map(([id, ms]) => {
    // Nulls are in neither.
    const shares = `(percentile_disc(ARRAY[0.5, 0.95, 0.99, 1]) WITHIN GROUP (ORDER BY ${ms}))`;
    return `jsonb_build_object('count', count(${ms}), 'p50', ${shares}[1], 'p95', ${shares}[2], 'p99', ${shares}[3],
      'max', ${shares}[4]) AS "${id}"`;
  })
  .join(',\n');
