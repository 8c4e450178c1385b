/** Whether reports know how long a leg of one session took, as a condition. */
import type { LegId } from '../domain/legs';
import { TELLS_RESULT } from './callbacks.sql';
import { legRows, SESSION_LEGS, thoseOf } from './legs.sql';

const TAKEN = `EXISTS (SELECT FROM callback_message m
  WHERE m.session_id = s.id AND m.${TELLS_RESULT} AND m.delivered_at IS NOT NULL AND s.final_at IS NOT NULL)`;

/** SQL over `s` (session). */
export const tookLeg = (leg: LegId): string =>
  leg === 'callback'
    ? TAKEN
    : `EXISTS (WITH own AS (SELECT s.id, s.created_at, s.final_at)
        SELECT FROM ${legRows(thoseOf(null))} WHERE ${SESSION_LEGS[leg]} IS NOT NULL)`;
