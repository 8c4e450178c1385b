/** What a callback is about, as reports narrow their sessions: for lists of the callbacks that a figure counts. */
import {
  BESIDE_SESSION_BIN,
  createdById,
  listConditionsSql,
  SESSION_FRAME,
  type CallbackMeasures,
  type ConditionSql,
} from '@app/platform';
import { IS_LAST_OF_PURCHASE } from './counts-as.sql';
import { BESIDE, FILTER_SQL, looksAtBin } from './report.sql';

const ofSession = (conditions: string): string => {
  const beside = [conditions.includes(' a.') ? BESIDE.a : '', looksAtBin(conditions) ? BESIDE_SESSION_BIN : ''].join(
    ' ',
  );
  return `EXISTS (SELECT FROM session s ${beside} WHERE s.id = m.session_id${conditions})`;
};

const is =
  (condition: string): ConditionSql =>
  ({ values: [wanted] }) =>
    wanted === true ? condition : `NOT ${condition}`;

const NARROWED = Object.fromEntries(
  (Object.keys(SESSION_FRAME) as (keyof typeof SESSION_FRAME)[]).map((field): [string, ConditionSql] => [
    field,
    (condition, bind) => ofSession(listConditionsSql([{ ...condition, field }], FILTER_SQL, bind)),
  ]),
) as Record<keyof typeof SESSION_FRAME, ConditionSql>;

/** @param demoMerchants those (UUIDs) whose sessions were made up */
export const aboutSession = (demoMerchants: readonly string[]): CallbackMeasures['about'] => ({
  ...NARROWED,
  session_created_at: createdById('m.session_id'),
  is_last_of_purchase: is(ofSession(` AND ${IS_LAST_OF_PURCHASE}`)),
  is_demo: (condition, bind) => is(`(m.merchant_id = ANY(${bind(demoMerchants)}::uuid[]))`)(condition, bind),
});
