import {
  BESIDE_SESSION_BIN,
  bindings,
  type Bind,
  columnSql,
  createdById,
  Database,
  type ListCondition,
  listSql,
  readInScope,
  type ConditionSql,
  type ListQuery,
  type ListRow,
  type ListSource,
  type MerchantScope,
  type PagedConditionSql,
  SESSION_MEASURES,
  type SessionCount,
  type SessionLeg,
  type SessionMeasures,
} from '@app/platform';
import { DIRECTORY_SERVER_RID, type DirectoryServerId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { SessionFilter, SessionSort } from '../admin/session-listing';
import type { PresentAttempt, SessionSummary } from '../admin/session-summary';
import { DEMO_HISTORY_MERCHANTS } from '../demo/demo-cast';
import { isFinal, type SessionStatus } from '../domain/session.machine';
import { advisedBy, type Advice } from '../domain/verdict';
import { calledBy, HAS_FAILED } from './connector-calls.sql';
import { withWholeBins } from './session-bins';
import { OF_BINS, withIssuersBins, type ByBins } from './session-issuers';

type Row = Omit<SessionSummary, 'amountMinor' | 'attempt'> & { amountMinor: string } & {
  [Member in keyof PresentAttempt]: PresentAttempt[Member] | null;
};

const COLUMNS = `
  s.id, s.merchant_id AS "merchantId", s.channel_id AS "channelId", s.environment, s.created_at AS "createdAt",
  s.updated_at AS "updatedAt", s.deadline_at AS "deadlineAt", s.final_at AS "finalAt", s.completed_at AS "completedAt",
  s.status, s.status_reason AS "statusReason", s.refusal_code AS "refusalCode", s.flow, s.device_channel AS "deviceChannel",
  s.amount_minor AS "amountMinor", s.currency, s.reference, s.details -> 'purchase' AS purchase, s.scheme, s.bin,
  s.last_four AS "lastFour", s.challenged, s.callback_url AS "callbackUrl", s.retry_of AS "retryOf", s.attempt_number AS attempts,
  b.issuer, b.issuer_country AS "issuerCountry", b.card_type AS "cardType", a.connector, a.protocol_version AS "protocolVersion", a.transaction_id AS "transactionId", a.facts`;

const FROM = `FROM session s LEFT JOIN attempt a ON a.session_id = s.id AND a.number = s.attempt_number ${BESIDE_SESSION_BIN}`;

/** A flag that is a condition or its opposite. */
const flag =
  (condition: string): ConditionSql =>
  ({ values: [wanted] }) =>
    wanted === true ? `(${condition})` : `NOT (${condition})`;

/** Open sessions are few and have an index of their own, that of their deadlines. */
const status: ConditionSql = ({ operator, values }, bind) => {
  const is = operator === 'in' ? `s.status = ANY(${bind(values)})` : `s.status = ${bind(values[0])}`;
  return values.every((value) => !isFinal(value as SessionStatus)) ? `(s.deadline_at IS NOT NULL AND ${is})` : is;
};

/** One of two words, of which the rare one has an index of its own; both are every session. */
const category: ConditionSql = ({ values }) => {
  const asked = new Set(values);
  if (asked.size > 1) return 'true';
  return asked.has('non_payment') ? 's.is_non_payment' : 'NOT s.is_non_payment';
};

const DATA_ONLY = `(s.status = 'attempted' AND s.trans_status IS NOT DISTINCT FROM 'I')`;

/** What a verdict advises follows from the status and, of what was attempted, from the letter; what was turned away has none. */
const advice: ConditionSql = ({ values }, bind) => {
  const { statuses, isDataOnly } = advisedBy(values as readonly Advice[]);
  const ways = [
    ...(statuses.length > 0 ? [`(s.status = ANY(${bind(statuses)}) AND NOT ${DATA_ONLY})`] : []),
    ...(isDataOnly ? [DATA_ONLY] : []),
  ];
  return `(s.refusal_code IS NULL AND (${ways.join(' OR ')}))`;
};

const FAILED = `FROM callback_message WHERE last_problem IS NOT NULL AND state <> 'delivered'`;

/**
 * Those that failed are in an index, in the order of their sessions: a page is read off it in that order, and no more of it than
 * the page needs. Without that Postgres, which takes them for far fewer than they are, reads and sorts the sessions of all.
 */
const callbackFailed: PagedConditionSql = ({ values: [wanted] }, _bind, asPage) =>
  wanted === true
    ? `s.id IN (SELECT DISTINCT session_id ${FAILED}${asPage('session_id')})`
    : `s.id NOT IN (SELECT session_id ${FAILED})`;

/**
 * By what our 3DS Server called an attempt, the present one or one before: as its results are found, and for as long. The ids
 * of the directory server and the ACS are in an attempt's facts: an index of them doubles what a change of one writes, and
 * row-level security would keep it from whoever does not see all merchants.
 */
const transaction: ConditionSql = ({ values }, bind) => {
  const keys = bind(values.map((value) => String(value).toLowerCase()));
  return `s.id IN (SELECT session_id FROM correlation WHERE connector = 'emv3ds' AND key = ANY(${keys}))`;
};

const SENT_AREQ = `sent.direction = 'sent' AND sent.message_type = 'AReq'`;

/** Whom our 3DS Server asked for any of its attempts. */
const askedDirectoryServer: ConditionSql = ({ values }, bind) => {
  const rids = values.map((id) => DIRECTORY_SERVER_RID[id as DirectoryServerId]);
  return `EXISTS (SELECT FROM attempt asked JOIN exchange sent ON sent.session_id = asked.session_id
    AND sent.attempt_number = asked.number AND ${SENT_AREQ}
    WHERE asked.session_id = s.id AND asked.connector = 'emv3ds' AND asked.directory_server_id = ANY(${bind(rids)}))`;
};

/** An AReq that no ARes came for, or one that was none by the protocol. */
const UNANSWERED = `EXISTS (SELECT FROM exchange sent WHERE sent.session_id = s.id AND ${SENT_AREQ} AND NOT EXISTS (
    SELECT FROM exchange came WHERE came.session_id = sent.session_id AND came.attempt_number = sent.attempt_number
      AND came.direction = 'received' AND came.message_type = 'ARes' AND came.problem IS NULL))`;

type Searched = ByBins<SessionFilter>;
type Condition = ListQuery<SessionFilter, SessionSort>['conditions'][number];

/** What sessions are not, and whether it is known, is asked of the value itself, whatever else finds a field. */
const orUnlike =
  (value: string, like: ConditionSql): ConditionSql =>
  (condition, bind) =>
    condition.operator === 'not_in' || condition.operator === 'known'
      ? columnSql(value, condition, bind)
      : like(condition, bind);

const filtersOf = (measures: SessionMeasures): Omit<ListSource<Searched>['filters'], typeof OF_BINS> => ({
  id: 's.id',
  merchant_id: 's.merchant_id',
  channel_id: 's.channel_id',
  environment: 's.environment',
  reference: 's.reference',
  bin: 's.bin',
  last_four: 's.last_four',
  scheme: 's.scheme',
  status: orUnlike('s.status', status),
  trans_status: 's.trans_status',
  trans_status_reason: 's.trans_status_reason',
  acs: 's.acs_reference',
  connector: 'a.connector',
  advice,
  liability_shift: 's.liability_shift',
  flow: 's.flow',
  device_channel: 's.device_channel',
  authentication_category: orUnlike(measures.valueOf('authentication_category'), category),
  protocol_version: 'a.protocol_version',
  acs_operator: measures.valueOf('acs_operator'),
  eci: measures.valueOf('eci'),
  amount_band: `(${measures.valueOf('amount_band')})`,
  authentication_type: measures.valueOf('authentication_type'),
  challenge_indicator: measures.valueOf('challenge_indicator'),
  exemption_requested: `(${measures.valueOf('exemption_requested')})`,
  exemption_applied: measures.valueOf('exemption_applied'),
  failed_component: measures.valueOf('failed_component'),
  device_class: `(${measures.valueOf('device_class')})`,
  browser_family: `(${measures.valueOf('browser_family')})`,
  amount: 's.amount_minor',
  currency: 's.currency',
  created_at: createdById('s.id'),
  counts_as: ({ values }) => `(${values.map((value) => measures.countsAs(value as SessionCount)).join(' OR ')})`,
  leg: ({ values }) => `(${values.map((value) => measures.tookLeg(value as SessionLeg)).join(' OR ')})`,
  is_refused: flag('s.refusal_code IS NOT NULL'),
  is_past_deadline: flag('s.deadline_at IS NOT NULL AND s.deadline_at < clock_timestamp()'),
  is_unresolved: flag(measures.isUnresolved),
  is_last_of_purchase: flag(measures.isLastOfPurchase),
  is_callback_failed: callbackFailed,
  is_demo: ({ values: [wanted] }, bind) => {
    const demo = `s.merchant_id = ANY(${bind(DEMO_HISTORY_MERCHANTS.map(({ merchantId }) => merchantId))}::uuid[])`;
    return wanted === true ? demo : `NOT ${demo}`;
  },
  retry_of: 's.retry_of',
  directory_server: askedDirectoryServer,
  is_areq_unanswered: flag(UNANSWERED),
  called_connector: ({ values }, bind) => calledBy(bind(values)),
  failed_connector: ({ values }, bind) => calledBy(bind(values), HAS_FAILED),
  is_inquiry_due: flag('s.inquire_at IS NOT NULL AND s.inquire_at <= clock_timestamp()'),
  is_notice_left: flag('s.id IN (SELECT session_id FROM notice_seen WHERE acted_at IS NULL)'),
  transaction_id: transaction,
});

/** A session and whose it is (UUIDs). */
export interface MatchingSession {
  readonly sessionId: string;
  readonly merchantId: string;
}

/** Reads sessions for operators: within the merchants of their scope, and no secrets. */
@Injectable()
export class SessionSearchRepository {
  private readonly filters: ReturnType<typeof filtersOf>;

  constructor(
    private readonly database: Database,
    @Inject(SESSION_MEASURES) measures: SessionMeasures,
  ) {
    this.filters = filtersOf(measures);
  }

  /** One page of the sessions within `scope`. */
  async list(
    query: ListQuery<SessionFilter, SessionSort>,
    scope: MerchantScope,
  ): Promise<(SessionSummary & ListRow)[]> {
    const { values, bind } = bindings();
    const { whole, source } = await this.withBins(query.conditions);
    const { columns, conditions, order } = listSql({ ...query, conditions: whole }, source, bind);
    // Named as well, so that an index can be used; Postgres keeps the others' rows away in any case.
    const within = withinScope(scope, bind);
    const rows = await readInScope(this.database, scope, (reader) =>
      reader.query<Row & ListRow>(
        `SELECT ${COLUMNS}, ${columns} ${FROM} WHERE true${within}${conditions} ${order}`,
        values,
      ),
    );
    return rows.map((row) => ({ ...toSummary(row), rowId: row.rowId, sortKey: row.sortKey }));
  }

  /** Whose the sessions are that fulfil `conditions`, the oldest first, at most `limit`; only those within `scope`. */
  async matching(
    conditions: ListQuery<SessionFilter, SessionSort>['conditions'],
    scope: MerchantScope,
    limit: number,
  ): Promise<MatchingSession[]> {
    const { values, bind } = bindings();
    const sort = { name: 'created_at', type: 'id', descending: false } as const;
    // One row more than its limit is what a page of the list has.
    const { whole, source } = await this.withBins(conditions);
    const sql = listSql({ conditions: whole, sort, limit: limit - 1, after: null, fields: null }, source, bind);
    const within = withinScope(scope, bind);
    return readInScope(this.database, scope, (reader) =>
      reader.query<MatchingSession>(
        `SELECT s.id AS "sessionId", s.merchant_id AS "merchantId" ${FROM} WHERE true${within}${sql.conditions} ${sql.order}`,
        values,
      ),
    );
  }

  /** Those of `ids` (UUIDs) that are there within `scope`, in any order. */
  among(ids: readonly string[], scope: MerchantScope): Promise<MatchingSession[]> {
    return readInScope(this.database, scope, (reader) =>
      reader.query<MatchingSession>(
        'SELECT s.id AS "sessionId", s.merchant_id AS "merchantId" FROM session s WHERE s.id = ANY($1::uuid[])',
        [ids],
      ),
    );
  }

  /** A session by its id (UUID); null when there is none within `scope`. */
  async find(id: string, scope: MerchantScope): Promise<SessionSummary | null> {
    const [row] = await readInScope(this.database, scope, (reader) =>
      reader.query<Row>(`SELECT ${COLUMNS} ${FROM} WHERE s.id = $1`, [id]),
    );
    return row ? toSummary(row) : null;
  }

  /** Conditions by the BINs that there are, in the place of what BINs begin with and whose they are. */
  private async withBins(
    asked: readonly Condition[],
  ): Promise<{ whole: ListCondition<Searched>[]; source: ListSource<Searched, SessionSort> }> {
    const whole = await withWholeBins(asked, this.database);
    const { conditions, ofBins } = await withIssuersBins(whole, this.database);
    const filters = { ...this.filters, [OF_BINS]: ofBins };
    return { whole: conditions, source: { filters, sorts: { created_at: 's.id' }, id: 's.id' } };
  }
}

/** One merchant's sessions are in an index in their order; those of one of several are not. */
function withinScope(scope: MerchantScope, bind: Bind): string {
  if (scope === 'all') return '';
  return scope.length === 1
    ? ` AND s.merchant_id = ${bind(scope[0])}`
    : ` AND s.merchant_id = ANY(${bind(scope)}::uuid[])`;
}

function toSummary({ amountMinor, connector, protocolVersion, transactionId, facts, ...row }: Row): SessionSummary {
  const attempt =
    connector === null || protocolVersion === null || transactionId === null || facts === null
      ? null
      : { connector, protocolVersion, transactionId, facts };
  return { ...row, amountMinor: Number(amountMinor), attempt };
}
