/** The statements of reports: which sessions they are about, and how these are added up. */
import { uuidV7Floor } from '@app/kernel';
import { listSql, type Bind, type ListSource, type MerchantScope } from '@app/platform';
import type { ReportFilter, ReportQuery } from '../domain/report-listing';
import { COUNT_IDS, type CountId } from '../domain/reported-session';
import { COUNT_SQL, PHASE } from './counting.sql';

/** Sessions of the same purchase: the later one within this long stands for the earlier ones. */
const SAME_PURCHASE_MS = 30 * 60_000;

/** What counts and dimensions look at; the reader may not see all columns. */
const COLUMNS = `id, merchant_id, channel_id, environment, status, status_reason, refusal_code, created_at, final_at, deadline_at, challenged,
  trans_status, liability_shift, attempt_number, details, browser, scheme, bin, acs_reference, currency, amount_minor, flow,
  device_channel`;

const SOURCE: ListSource<ReportFilter, 'id'> = {
  filters: {
    merchant_id: 's.merchant_id',
    channel_id: 's.channel_id',
    scheme: 's.scheme',
    bin: 's.bin',
    acs: 's.acs_reference',
    connector: 'a.connector',
    currency: 's.currency',
    amount: 's.amount_minor',
    flow: 's.flow',
    device_channel: 's.device_channel',
  },
  sorts: { id: 's.id' },
  id: 's.id',
};

/** The sessions of a report as `s`, their present attempts as `a` where `used` has some of it, their phases as `p`. */
export function reportFrom(
  { from, to, traffic, basis, conditions }: ReportQuery,
  { scope, demoMerchants }: { scope: MerchantScope; demoMerchants: readonly string[] },
  bind: Bind,
  used: string,
): string {
  const demo = (): string => `merchant_id = ANY(${bind(demoMerchants)}::uuid[])`;
  const whose = {
    live: () => `environment = 'live'`,
    test: () => `environment = 'test' AND NOT ${demo()}`,
    demo,
  }[traffic]();
  const within = scope === 'all' ? '' : ` AND merchant_id = ANY(${bind(scope)}::uuid[])`;
  const isDeduplicated = basis === 'deduplicated';
  // What stands for a session may be younger than the window.
  const end = isDeduplicated ? new Date(to.getTime() + SAME_PURCHASE_MS) : to;
  const sessions = `SELECT ${COLUMNS}${isDeduplicated ? `, ${SUPERSEDED} AS superseded` : ''} FROM session
    WHERE id >= ${bind(uuidV7Floor(from))}::uuid AND id < ${bind(uuidV7Floor(end))}::uuid AND ${whose}${within}`;
  const query = { sort: { name: 'id', type: 'id', descending: false }, limit: 1, after: null, fields: null } as const;
  const filters = listSql({ conditions, ...query }, SOURCE, bind).conditions;
  const only = isDeduplicated ? ` AND NOT s.superseded AND s.id < ${bind(uuidV7Floor(to))}::uuid` : '';
  const attempt = /\ba\./.test(used + filters)
    ? ' LEFT JOIN attempt a ON a.session_id = s.id AND a.number = s.attempt_number'
    : '';
  return `FROM (${sessions}) s${attempt} CROSS JOIN LATERAL (SELECT ${PHASE} AS phase) p WHERE true${only}${filters}`;
}

/** Without a reference or a card nobody can tell whether it is the same purchase. */
const SUPERSEDED = `(reference IS NOT NULL AND card_fingerprint IS NOT NULL AND coalesce(
  lead(created_at) OVER (PARTITION BY merchant_id, environment, reference, card_fingerprint ORDER BY id) - created_at
    <= interval '${SAME_PURCHASE_MS} milliseconds', false))`;

/** Columns that count, named as what they count. */
export function countColumns(ids: readonly CountId[] = COUNT_IDS): string {
  return ids.map((id) => `count(*) FILTER (WHERE ${COUNT_SQL[id]})::int AS "${id}"`).join(', ');
}
