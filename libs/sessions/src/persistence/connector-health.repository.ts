import { uuidV7Floor } from '@app/kernel';
import { bindings, Database, readInScope, type MerchantScope } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { ConnectorCalls } from '../admin/connector-health';
import { HAS_FAILED, IS_CALL } from './connector-calls.sql';

/** Calls of one connector in one environment in one minute, counted from the first; `minute` is null for all of them. */
export interface MinuteOfCalls extends ConnectorCalls {
  readonly environment: 'test' | 'live';
  readonly connector: string;
  readonly minute: number | null;
}

/** Counts the calls of sessions to their connectors' other sides, within the merchants of a scope. */
@Injectable()
export class ConnectorHealthRepository {
  constructor(private readonly database: Database) {}

  /** Calls of the sessions that were created since `from`, by minute and in all: one range of each primary key. */
  since(from: Date, scope: MerchantScope): Promise<MinuteOfCalls[]> {
    const { values, bind } = bindings(uuidV7Floor(from), from);
    const within = scope === 'all' ? '' : ` AND e.merchant_id = ANY(${bind(scope)}::uuid[])`;
    return readInScope(this.database, scope, (reader) =>
      reader.query<MinuteOfCalls>(
        `SELECT environment, connector, minute, count(*)::int AS calls, count(*) FILTER (WHERE failed)::int AS failed,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY latency_ms) AS "p50Ms",
           percentile_disc(0.95) WITHIN GROUP (ORDER BY latency_ms) AS "p95Ms"
         FROM (
           SELECT s.environment, a.connector, ${HAS_FAILED} AS failed, e.latency_ms,
             floor(extract(epoch FROM e.at - $2::timestamptz) / 60)::int AS minute
           FROM exchange e JOIN session s ON s.id = e.session_id AND s.id >= $1::uuid
             JOIN attempt a ON a.session_id = e.session_id AND a.number = e.attempt_number AND a.session_id >= $1::uuid
           WHERE e.session_id >= $1::uuid AND ${IS_CALL}${within}
         ) c GROUP BY GROUPING SETS ((environment, connector), (environment, connector, minute))`,
        values,
      ),
    );
  }
}
