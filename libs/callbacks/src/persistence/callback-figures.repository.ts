import { uuidV7Floor } from '@app/kernel';
import { bindings, Database, readInScope, type MerchantScope } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { CallbackEndpoint, CallbackFigures, CallbackHour } from '../admin/callback-figures';
import { ENDPOINT, withinScope } from './callback-search.repository';

/** Messages of one environment in one minute, counted from the first; `minute` is null for all of them. */
export interface MinuteOfCallbacks extends Omit<CallbackHour, 'lagPerMinute'> {
  readonly environment: CallbackFigures['environment'];
  readonly minute: number | null;
}

const LAG = 'extract(epoch FROM m.delivered_at - m.created_at)::float8';

/** When a message is to be sent; one that is delivered has no next try, and is sent again where somebody wants it. */
const WANTED_AT = 'coalesce(m.resend_at, m.next_try_at)';

/** The merchant took the first try; what was sent again later does not change that. */
const AT_FIRST = `EXISTS (
  SELECT FROM callback_delivery d WHERE d.message_id = m.id AND d.try = 1 AND d.problem IS NULL)`;

/** A callback waits for its merchant's own `complete` first: until it is due, nobody owes it. */
const hasFallenDue = (now: string): string => `NOT (m.state = 'due' AND m.tries = 0 AND m.next_try_at > ${now})`;

/** Counts callbacks for operators, within the merchants of their scope. */
@Injectable()
export class CallbackFiguresRepository {
  constructor(private readonly database: Database) {}

  /** What is not delivered or wanted once more; each has an index of its own. */
  standing(now: Date, scope: MerchantScope): Promise<Omit<CallbackFigures, 'hour'>[]> {
    const { values, bind } = bindings(now);
    const within = withinScope(scope, bind);
    return readInScope(this.database, scope, (reader) =>
      reader.query<Omit<CallbackFigures, 'hour'>>(
        `SELECT m.environment,
           count(*) FILTER (WHERE ${WANTED_AT} <= $1)::int AS due,
           min(${WANTED_AT}) FILTER (WHERE ${WANTED_AT} <= $1) AS "oldestDueAt",
           count(*) FILTER (WHERE m.state = 'due' AND m.tries > 0)::int AS failing,
           count(*) FILTER (WHERE m.state = 'dead')::int AS dead
         FROM callback_message m WHERE (m.state = 'due' OR m.state = 'dead' OR m.resend_at <= $1)${within} GROUP BY m.environment`,
        values,
      ),
    );
  }

  /** What was put on the books since `from` and has fallen due, by minute and in all: one range of the primary key. */
  since(from: Date, now: Date, scope: MerchantScope): Promise<MinuteOfCallbacks[]> {
    const { values, bind } = bindings(uuidV7Floor(from), from, now);
    const within = withinScope(scope, bind);
    return readInScope(this.database, scope, (reader) =>
      reader.query<MinuteOfCallbacks>(
        `SELECT m.environment, m.minute, count(*)::int AS owed, count(m.lag)::int AS delivered,
           count(*) FILTER (WHERE m.lag IS NOT NULL AND m.at_first)::int AS "atFirstTry",
           percentile_cont(0.5) WITHIN GROUP (ORDER BY m.lag) AS "lagP50",
           percentile_cont(0.95) WITHIN GROUP (ORDER BY m.lag) AS "lagP95"
         FROM (
           SELECT m.environment, ${AT_FIRST} AS at_first, ${LAG} AS lag,
             floor(extract(epoch FROM m.created_at - $2::timestamptz) / 60)::int AS minute
           FROM callback_message m WHERE m.id >= $1::uuid AND ${hasFallenDue('$3')}${within}
         ) m GROUP BY GROUPING SETS ((m.environment), (m.environment, m.minute))`,
        values,
      ),
    );
  }

  /** What was put on the books since `from`, by where it goes. */
  endpoints(from: Date, scope: MerchantScope): Promise<CallbackEndpoint[]> {
    const { values, bind } = bindings(uuidV7Floor(from));
    const within = withinScope(scope, bind);
    const last = (column: string): string =>
      `(array_agg(m.${column} ORDER BY m.id DESC) FILTER (WHERE m.tries > 0))[1] AS`;
    return readInScope(this.database, scope, (reader) =>
      reader.query<CallbackEndpoint>(
        `SELECT ${ENDPOINT} AS url, m.environment, count(*)::int AS owed,
           count(*) FILTER (WHERE m.state = 'delivered')::int AS delivered,
           count(*) FILTER (WHERE m.state = 'due' AND m.tries > 0)::int AS failing,
           count(*) FILTER (WHERE m.state = 'dead')::int AS dead,
           ${last('last_status')} "lastStatus", ${last('last_problem')} "lastProblem",
           max(m.delivered_at) AS "lastDeliveredAt", percentile_cont(0.5) WITHIN GROUP (ORDER BY ${LAG}) AS "lagP50"
         FROM callback_message m WHERE m.id >= $1::uuid${within}
         GROUP BY 1, 2 ORDER BY owed DESC, 1, 2 LIMIT 50`,
        values,
      ),
    );
  }
}
