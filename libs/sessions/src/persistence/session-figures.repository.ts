import { uuidV7Floor } from '@app/kernel';
import { Database, readInScope, type MerchantScope } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { SessionFigures } from '../admin/session-figures';

/** Figures of one environment in one minute, counted from the first. */
export interface MinuteOfSessions extends SessionFigures {
  readonly environment: 'test' | 'live';
  readonly minute: number;
}

/** The sweep ends a session some seconds after its deadline. */
const GRACE_MS = 60_000;

// As the catalogue of reports counts (libs/reporting, counting.sql.ts), which this room does not see: a test asks both. What it lends
// (`SESSION_MEASURES.countsAs`) is a subquery for each figure of each row, with which the same count takes twice as long.
const CHALLENGED = `(coalesce(s.challenged, false) OR s.status IN ('challenged', 'challenge_abandoned')
  OR coalesce(s.trans_status IN ('C', 'D'), false))`;
/** Nobody was asked: turned away, out of time before, or turned down by an upstream's own rules. */
const NOT_SUBMITTED = `(s.refusal_code IS NOT NULL OR s.status = 'expired'
  OR (s.status = 'declined' AND s.status_reason IS NOT DISTINCT FROM 'risk_declined'))`;
const SUBMITTED = `(NOT ${NOT_SUBMITTED} AND (s.final_at IS NOT NULL OR s.status = 'processing' OR ${CHALLENGED}))`;
const DATA_ONLY = `(s.status = 'attempted' AND s.trans_status IS NOT DISTINCT FROM 'I')`;
const FRICTIONLESS = `(${SUBMITTED} AND s.final_at IS NOT NULL AND NOT ${CHALLENGED}
  AND NOT (s.status = 'unavailable' AND s.trans_status IS NULL))`;

/** Counts sessions for operators, within the merchants of their scope. */
@Injectable()
export class SessionFiguresRepository {
  constructor(private readonly database: Database) {}

  /** Every minute since `from` in which sessions were created: one range of the primary key. */
  async since(from: Date, scope: MerchantScope): Promise<MinuteOfSessions[]> {
    const within = scope === 'all' ? '' : ' AND s.merchant_id = ANY($3::uuid[])';
    return readInScope(this.database, scope, (reader) =>
      reader.query<MinuteOfSessions>(
        `SELECT s.environment, floor(extract(epoch FROM s.created_at - $2::timestamptz) / 60)::int AS minute,
                count(*)::int AS sessions,
                count(*) FILTER (WHERE ${SUBMITTED})::int AS submitted,
                count(*) FILTER (WHERE ${SUBMITTED} AND NOT ${DATA_ONLY})::int AS "submittedForAuthentication",
                count(*) FILTER (WHERE s.status = 'approved')::int AS approved,
                count(*) FILTER (WHERE s.status = 'attempted' AND NOT ${DATA_ONLY})::int AS attempted,
                count(*) FILTER (WHERE ${FRICTIONLESS})::int AS frictionless,
                count(*) FILTER (WHERE ${SUBMITTED} AND ${CHALLENGED})::int AS "challengeRequested"
         FROM session s WHERE s.id >= $1::uuid${within}
         GROUP BY 1, 2`,
        [uuidV7Floor(from), from, ...(scope === 'all' ? [] : [scope])],
      ),
    );
  }

  /** Open sessions past their deadline by more than a minute, by environment: those with a deadline have an index. */
  pastDeadline(now: Date, scope: MerchantScope): Promise<{ environment: 'test' | 'live'; sessions: number }[]> {
    const within = scope === 'all' ? '' : ' AND s.merchant_id = ANY($2::uuid[])';
    return readInScope(this.database, scope, (reader) =>
      reader.query(
        `SELECT s.environment, count(*)::int AS sessions FROM session s
         WHERE s.deadline_at IS NOT NULL AND s.deadline_at < $1${within} GROUP BY 1`,
        [new Date(now.getTime() - GRACE_MS), ...(scope === 'all' ? [] : [scope])],
      ),
    );
  }
}
