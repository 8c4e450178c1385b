/** Whether one session counts: the catalogue's counts as conditions, for lists of the sessions that a figure counts. */
import type { CountId } from '../domain/reported-session';
import { COUNT_SQL, PHASE } from './counting.sql';
import { BESIDE } from './report.sql';

/** SQL over `s` (session) and `a` (its present attempt). */
export function countsAs(count: CountId): string {
  const condition = COUNT_SQL[count];
  const beside = (['shown', 'late'] as const)
    .filter((name) => condition.includes(`${name}.`))
    .map((name) => BESIDE[name]);
  return `EXISTS (SELECT FROM (SELECT ${PHASE} AS phase) p ${beside.join(' ')} WHERE ${condition})`;
}
