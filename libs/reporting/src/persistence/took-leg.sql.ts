/** Whether reports know how long a leg of one session took, as a condition. */
import type { LegId } from '../domain/legs';
import { TELLS_RESULT } from './callbacks.sql';
import { legRows, SESSION_LEGS, thoseOf } from './legs.sql';

/**
 * The point of our page without which a leg has no length. Sessions that came to it are looked up as a whole: where they are few,
 * what is told of all others need not be read.
 */
const POINTS: Partial<Record<LegId, string>> = {
  method_start: 'method_started',
  method: 'method_finished',
  challenge_open: 'challenge_shown',
  first_input: 'first_input',
  input_to_result: 'first_input',
};

const TAKEN = `EXISTS (SELECT FROM callback_message m
  WHERE m.session_id = s.id AND m.${TELLS_RESULT} AND m.delivered_at IS NOT NULL AND s.final_at IS NOT NULL)`;

/** SQL over `s` (session). */
export function tookLeg(leg: LegId): string {
  if (leg === 'callback') return TAKEN;
  const point = POINTS[leg];
  const came = point === undefined ? '' : `s.id IN (SELECT session_id FROM session_leg WHERE leg = '${point}') AND `;
  return `(${came}EXISTS (WITH own AS (SELECT s.id, s.created_at, s.final_at)
    SELECT FROM ${legRows(thoseOf(null))} WHERE ${SESSION_LEGS[leg]} IS NOT NULL))`;
}
