/** Whether one session counts: what reports count as conditions, for lists of the sessions that a figure counts. */
import type { CountId } from '../domain/reported-session';
import { COUNT_SQL, PHASE } from './counting.sql';
import { BESIDE, IS_SUPERSEDED } from './report.sql';

/** SQL over `s` (session) and `a` (its present attempt). */
export function countsAs(count: CountId): string {
  const condition = COUNT_SQL[count];
  const beside = (['shown', 'late'] as const)
    .filter((name) => condition.includes(`${name}.`))
    .map((name) => BESIDE[name]);
  return `EXISTS (SELECT FROM (SELECT ${PHASE} AS phase) p ${beside.join(' ')} WHERE ${condition})`;
}

/** SQL over `s`: it counts where sessions are counted by purchases. */
export const IS_LAST_OF_PURCHASE = `NOT ${IS_SUPERSEDED}`;

/** SQL over a session by its name; those that are final have no deadline. */
export const isUnresolved = (session: string): string =>
  `(${session}.deadline_at IS NOT NULL AND ${session}.deadline_at < clock_timestamp() - interval '60 seconds')`;
