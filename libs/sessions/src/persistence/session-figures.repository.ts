import { uuidV7Floor } from '@app/kernel';
import { Database, readInScope, type MerchantScope } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { SessionFigures } from '../admin/session-figures';

/** Figures of one environment in one minute, counted from the first. */
export interface MinuteOfSessions extends SessionFigures {
  readonly environment: 'test' | 'live';
  readonly minute: number;
}

/** `pending` has asked nobody yet, and what expired never did. */
const SUBMITTED = `s.refusal_code IS NULL AND s.status NOT IN ('pending', 'expired')`;
const CHALLENGED = `(s.challenged OR s.status = 'challenged' OR s.trans_status IN ('C', 'D'))`;

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
                count(*) FILTER (WHERE s.status = 'approved')::int AS approved,
                count(*) FILTER (WHERE s.status = 'attempted' AND s.trans_status IS DISTINCT FROM 'I')::int AS attempted,
                count(*) FILTER (
                  WHERE ${SUBMITTED} AND s.final_at IS NOT NULL AND s.trans_status IS NOT NULL AND NOT ${CHALLENGED}
                )::int AS frictionless,
                count(*) FILTER (WHERE ${SUBMITTED} AND ${CHALLENGED})::int AS "challengeRequested"
         FROM session s WHERE s.id >= $1::uuid${within}
         GROUP BY 1, 2`,
        [uuidV7Floor(from), from, ...(scope === 'all' ? [] : [scope])],
      ),
    );
  }
}
