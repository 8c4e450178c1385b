/** How long each leg of a session took, from the times that are stored of it. `own` are the sessions. */
import type { LegId } from '../domain/legs';
import { msBetween } from './histogram.sql';

/** Lines of a story that are an answer or a result, and not what was noted beside. */
const DECISIONS = `('challenge_required', 'decoupled', 'authenticated', 'attempted', 'not_authenticated', 'rejected', 'unavailable',
  'challenge_left')`;

const pageLeg = (leg: string): string => `min(l.at) FILTER (WHERE l.leg = '${leg}') AS ${leg}`;

const PAGE_LEGS = ['method_started', 'method_finished', 'challenge_shown', 'first_input'].map(pageLeg).join(', ');

/** The condition that an id is one of some. */
export type Those = (id: string) => string;

/**
 * Which lines are read: those of each session, whatever Postgres takes their number for, or, where it is large, those of all at
 * once. These are found by the range of their ids: by `own` alone whole tables would be read for a day of a month.
 * @param within the condition that an id is in that range; null where sessions are few
 */
export const thoseOf = (within: Those | null): Those =>
  within === null ? (id) => `${id} = own.id` : (id) => `${id} IN (SELECT id FROM own) AND ${within(id)}`;

/** Every one of `own`, with the instants that are known of it; `those` says whose lines are read. */
export const legRows = (those: Those): string => `
    own LEFT JOIN LATERAL (
      SELECT e.session_id, min(e.at) FILTER (WHERE e.type = 'method_reported') AS method_reported,
        min(e.at) FILTER (WHERE e.type = 'request_sent') AS request_sent,
        min(e.at) FILTER (WHERE e.leg = 'answer' AND e.type IN ${DECISIONS}) AS answered,
        min(e.at) FILTER (WHERE e.leg = 'result' AND e.type IN ${DECISIONS}) AS resulted
      FROM session_event e WHERE ${those('e.session_id')} GROUP BY 1) told ON told.session_id = own.id
    LEFT JOIN LATERAL (
      SELECT l.session_id, ${PAGE_LEGS} FROM session_leg l WHERE ${those('l.session_id')} GROUP BY 1) seen ON seen.session_id = own.id`;

/** Each leg of those rows that ends with the session, in ms. */
export const SESSION_LEGS: Readonly<Record<Exclude<LegId, 'callback'>, string>> = {
  method_start: msBetween('own.created_at', 'method_started'),
  method: msBetween('method_started', 'method_finished'),
  request: msBetween('coalesce(method_finished, method_reported, own.created_at)', 'request_sent'),
  answer: msBetween('request_sent', 'answered'),
  challenge_open: msBetween('answered', 'challenge_shown'),
  first_input: msBetween('challenge_shown', 'first_input'),
  input_to_result: msBetween('first_input', 'resulted'),
  challenge: msBetween('answered', 'resulted'),
  whole: msBetween('own.created_at', 'own.final_at'),
};
