import { Database, readInScope, type MerchantScope } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { LegId } from '../domain/legs';
import { TELLS_RESULT } from './callbacks.sql';
import { COUNT_SQL } from './counting.sql';
import { DIMENSION_SQL } from './dimension.sql';
import { msBetween } from './histogram.sql';
import { legRows, SESSION_LEGS } from './legs.sql';
import { BESIDE } from './report.sql';

/** One session in the definitions of reports. Lengths are milliseconds and parts of them. */
export interface MeasuredRow {
  readonly id: string;
  readonly legs: Readonly<Record<LegId, number | null>>;
  readonly callbackLag: number | null;
  readonly isRecoveredLate: boolean;
  readonly exemptionRequested: string | null;
  readonly exemptionApplied: string | null;
}

/** Our own kind has no word of its own: what was asked for is what was applied. */
const APPLIED = `CASE WHEN ${COUNT_SQL.exemption_applied}
  THEN coalesce(${DIMENSION_SQL.exemption_applied}, ${DIMENSION_SQL.exemption_requested}) END`;

const LEGS = Object.entries({ ...SESSION_LEGS, callback: msBetween('own.final_at', 'taken.delivered_at') })
  .map(([id, ms]) => `'${id}', ${ms}`)
  .join(', ');

/** Said of every table, so that each of their indexes is used: by `own` alone the planner rather reads whole tables. */
const THOSE = '= ANY($1::uuid[])';

const STATEMENT = `
  WITH own AS MATERIALIZED (
    SELECT s.id, s.created_at, s.final_at, ${COUNT_SQL.recovered_late} AS "isRecoveredLate",
      ${DIMENSION_SQL.exemption_requested} AS "exemptionRequested", ${APPLIED} AS "exemptionApplied"
    FROM session s ${BESIDE.a} AND a.session_id ${THOSE} ${BESIDE.late} AND late.session_id ${THOSE}
    WHERE s.id ${THOSE}),
  taken AS (
    SELECT m.session_id, m.delivered_at, ${msBetween('m.created_at', 'm.delivered_at')} AS lag
    FROM callback_message m
    WHERE m.session_id ${THOSE} AND m.${TELLS_RESULT})
  SELECT own.id, jsonb_build_object(${LEGS}) AS legs, taken.lag AS "callbackLag", "isRecoveredLate", "exemptionRequested",
    "exemptionApplied"
  FROM ${legRows((id) => `${id} ${THOSE}`)} LEFT JOIN taken ON taken.session_id = own.id`;

/** Reads what reports say of single sessions. */
@Injectable()
export class MeasuredSessionRepository {
  constructor(private readonly database: Database) {}

  /** Those of `ids` (UUIDs) that are there within `scope`, in any order; in one statement. */
  among(ids: readonly string[], scope: MerchantScope): Promise<MeasuredRow[]> {
    return readInScope(this.database, scope, (reader) => reader.query<MeasuredRow>(STATEMENT, [ids]));
  }
}
