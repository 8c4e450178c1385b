import { maskAddresses, MASKED_PART } from '@app/kernel';
import {
  bindings,
  type Bind,
  CALLBACK_MEASURES,
  type CallbackCount,
  type CallbackMeasures,
  createdById,
  Database,
  listSql,
  readInScope,
  type ListCondition,
  type ListQuery,
  type ListRow,
  type ListSource,
  type MerchantScope,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { CallbackField, CallbackLine, CallbackSort, DeliveryLine, ShownCallback } from '../admin/callback-listing';

const COLUMNS = `
  m.id, m.merchant_id AS "merchantId", m.environment, m.channel_id AS "channelId", m.session_id AS "sessionId", m.kind,
  m.url, m.state, m.tries, m.next_try_at AS "nextTryAt", m.last_status AS "lastStatus",
  m.last_problem AS "lastProblem", m.created_at AS "createdAt", m.delivered_at AS "deliveredAt",
  m.resend_at AS "resendAt"`;

/** Where a message goes: its address without what may be another for every session, and without who is named in it. */
export const ENDPOINT = `regexp_replace(
  split_part(split_part(m.url, '#', 1), '?', 1), '^([^/]*//)[^/]*@', '\\1${MASKED_PART}@')`;

/** An address as it is shown, or as a merchant gave it, in the same words. */
const endpointOf = (address: unknown): string => maskAddresses(String(address)).replace(/[?#].*$/s, '');

/** What is delivered is due again where somebody wants it once more. */
const DUE_NOW = `((m.state = 'due' AND m.next_try_at <= clock_timestamp()) OR m.resend_at <= clock_timestamp())`;

const sourceOf = (measures: CallbackMeasures): ListSource<CallbackField, CallbackSort> => ({
  filters: {
    merchant_id: 'm.merchant_id',
    channel_id: 'm.channel_id',
    session_id: 'm.session_id',
    state: 'm.state',
    kind: 'm.kind',
    environment: 'm.environment',
    endpoint: ({ values }, bind) => `${ENDPOINT} = ANY(${bind(values.map(endpointOf))})`,
    last_problem: 'm.last_problem',
    created_at: createdById('m.id'),
    is_failing: ({ values: [wanted] }) =>
      wanted === true ? `(m.state = 'due' AND m.tries > 0)` : `NOT (m.state = 'due' AND m.tries > 0)`,
    is_being_sent_again: ({ values: [wanted] }) => `m.resend_at IS ${wanted === true ? 'NOT NULL' : 'NULL'}`,
    is_due_now: ({ values: [wanted] }) => (wanted === true ? DUE_NOW : `(${DUE_NOW} IS NOT TRUE)`),
    counts_as: ({ values }) => `(${values.map((value) => measures.countsAs(value as CallbackCount)).join(' OR ')})`,
    ...measures.about,
  },
  sorts: { created_at: 'm.id' },
  id: 'm.id',
});

/** A message, and what it is about and whose (UUIDs). */
export interface OwedMessage {
  readonly messageId: string;
  readonly sessionId: string;
  readonly merchantId: string;
}

const OWED = 'm.id AS "messageId", m.session_id AS "sessionId", m.merchant_id AS "merchantId"';

/** Reads callbacks for operators, within the merchants of their scope. */
@Injectable()
export class CallbackSearchRepository {
  private readonly source: ListSource<CallbackField, CallbackSort>;

  constructor(
    private readonly database: Database,
    @Inject(CALLBACK_MEASURES) measures: CallbackMeasures,
  ) {
    this.source = sourceOf(measures);
  }

  /** One page, and one row more where more are there. */
  async list(query: ListQuery<CallbackField, CallbackSort>, scope: MerchantScope): Promise<(CallbackLine & ListRow)[]> {
    const { values, bind } = bindings();
    const { columns, conditions, order } = listSql(query, this.source, bind);
    const within = withinScope(scope, bind);
    return readInScope(this.database, scope, (reader) =>
      reader.query<CallbackLine & ListRow>(
        `SELECT ${COLUMNS}, ${columns} FROM callback_message m WHERE true${within}${conditions} ${order}`,
        values,
      ),
    );
  }

  /** Those that fulfil `conditions`, the oldest first, at most `limit`. */
  matching(
    conditions: readonly ListCondition<CallbackField>[],
    scope: MerchantScope,
    limit: number,
  ): Promise<OwedMessage[]> {
    const { values, bind } = bindings();
    const sort = { name: 'created_at', type: 'id', descending: false } as const;
    // One row more than its limit is what a page of the list has.
    const sql = listSql({ conditions, sort, limit: limit - 1, after: null, fields: null }, this.source, bind);
    const within = withinScope(scope, bind);
    return readInScope(this.database, scope, (reader) =>
      reader.query<OwedMessage>(
        `SELECT ${OWED} FROM callback_message m WHERE true${within}${sql.conditions} ${sql.order}`,
        values,
      ),
    );
  }

  /** Those of `ids` (UUIDs) that are there, in any order. */
  among(ids: readonly string[], scope: MerchantScope): Promise<OwedMessage[]> {
    return readInScope(this.database, scope, (reader) =>
      reader.query<OwedMessage>(`SELECT ${OWED} FROM callback_message m WHERE m.id = ANY($1::uuid[])`, [ids]),
    );
  }

  /** A message by its id (UUID); null when there is none within `scope`. */
  async find(id: string, scope: MerchantScope): Promise<ShownCallback | null> {
    return readInScope(this.database, scope, async (reader) => {
      const [message] = await reader.query<Omit<ShownCallback, 'deliveries'>>(
        `SELECT ${COLUMNS}, m.payload FROM callback_message m WHERE m.id = $1`,
        [id],
      );
      if (!message) return null;
      const deliveries = await reader.query<DeliveryLine>(
        `SELECT d.try, d.at, d.latency_ms AS "latencyMs", d.status, d.problem
         FROM callback_delivery d WHERE d.message_id = $1 ORDER BY d.try`,
        [id],
      );
      return { ...message, deliveries };
    });
  }
}

/** The condition that a row `m` is of a merchant within `scope`; empty where all are. */
export function withinScope(scope: MerchantScope, bind: Bind): string {
  return scope === 'all' ? '' : ` AND m.merchant_id = ANY(${bind(scope)}::uuid[])`;
}
