/** The statements of reports: which sessions they are about, and how these are added up. */
import { uuidV7Floor } from '@app/kernel';
import {
  beginsWithDigits,
  BESIDE_SESSION_BIN,
  ISSUER_SQL,
  type Bind,
  type ListSource,
  type MerchantScope,
} from '@app/platform';
import type { Basis, ReportFilter, Traffic } from '../domain/report-listing';
import { lengthened, type Span } from '../domain/rolled';
import { PHASE } from './counting.sql';

/** Sessions of the same purchase: the later one within this long stands for the earlier ones. */
const SAME_PURCHASE_MS = 30 * 60_000;

/** What counts and dimensions look at; the reader may not see all columns. */
const COLUMNS = `id, merchant_id, channel_id, environment, status, status_reason, refusal_code, created_at, final_at, deadline_at, challenged,
  trans_status, liability_shift, attempt_number, details, browser, scheme, bin, acs_reference, currency, amount_minor, flow,
  device_channel`;

/** Where what reports are narrowed by is, over `s`, `a` and `b`. */
export const FILTER_SQL: ListSource<ReportFilter>['filters'] = {
  merchant_id: 's.merchant_id',
  channel_id: 's.channel_id',
  scheme: 's.scheme',
  bin: beginsWithDigits('s.bin', 8),
  ...ISSUER_SQL,
  acs: 's.acs_reference',
  connector: 'a.connector',
  currency: 's.currency',
  amount: 's.amount_minor',
  flow: 's.flow',
  device_channel: 's.device_channel',
};

/** Whose sessions and rollups a report is about: those of a traffic, within a scope. */
export function whoseSql(
  traffic: Traffic,
  { scope, demoMerchants }: { scope: MerchantScope; demoMerchants: readonly string[] },
  bind: Bind,
): string {
  const demo = (): string => `merchant_id = ANY(${bind(demoMerchants)}::uuid[])`;
  const whose = {
    live: () => `environment = 'live'`,
    test: () => `environment = 'test' AND NOT ${demo()}`,
    demo,
  }[traffic]();
  return scope === 'all' ? whose : `${whose} AND merchant_id = ANY(${bind(scope)}::uuid[])`;
}

/** Which sessions are looked at. */
export interface Sessions {
  /** When they were created, in order; or SQL of the id of the only one. */
  readonly of: readonly Span[] | string;
  /** SQL over the columns of a session. */
  readonly whose: string;
  readonly basis: Basis;
  /** SQL that narrows them further, over `s` and `a`. */
  readonly conditions: string;
}

/** What may be looked at beside a session: joined where its name is used. */
export const BESIDE = {
  a: 'LEFT JOIN attempt a ON a.session_id = s.id AND a.number = s.attempt_number',
  shown: `LEFT JOIN session_leg shown ON shown.session_id = s.id AND shown.leg = 'challenge_shown'`,
  // A session comes to its final status once.
  late: `LEFT JOIN session_event late ON late.session_id = s.id AND late.to_status = s.status
    AND (late.actor = 'system' OR late.data ->> 'via' = 'deadline') AND late.from_status IS DISTINCT FROM late.to_status
    AND late.to_status NOT IN ('pending', 'processing', 'challenged')`,
} as const;

/**
 * The planner takes a range of ids that is this short for one session. What is beside the sessions is then to be looked up for each
 * of them, and not by the range, which it would read once for each; for a longer one it reads the range, once.
 */
const SHORT_MS = 12 * 3_600_000;

export const isShortFor = (spans: readonly Span[]): boolean =>
  spans.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0) <= SHORT_MS;

/** That a session of this id was created within some spans: ids begin with the time. */
export const createdWithin = (id: string, spans: readonly Span[], bind: Bind): string =>
  `(${spans.map(({ from, to }) => `${id} >= ${bind(uuidV7Floor(from))}::uuid AND ${id} < ${bind(uuidV7Floor(to))}::uuid`).join(' OR ')})`;

/** Whether some SQL looks at what is known of a session's BIN, as `b`: there are few BINs, whichever the sessions. */
export const looksAtBin = (sql: string): boolean => /\bb\./.test(sql);

/** Those sessions as `s`, their phases as `p`, and beside them what of `BESIDE` is named in `used`. */
export function sessionsFrom({ of, whose, basis, conditions }: Sessions, bind: Bind, used: string): string {
  const spans = typeof of === 'string' ? [] : of;
  const isShort = isShortFor(spans);
  const created = (column: string): string =>
    typeof of === 'string' ? `${column} = ${of}` : createdWithin(column, spans, bind);
  const beside = Object.entries(BESIDE)
    .filter(([name]) => new RegExp(`\\b${name}\\.`).test(used + conditions))
    .map(([name, join]) => (isShort ? join : `${join} AND ${created(`${name}.session_id`)}`));
  if (looksAtBin(used + conditions)) beside.push(BESIDE_SESSION_BIN);
  const isDeduplicated = basis === 'deduplicated';
  if (isDeduplicated && !isShort)
    beside.push(supersededBy(createdWithin('id', lengthened(spans, SAME_PURCHASE_MS), bind), whose));
  const only = isDeduplicated ? ` AND ${isShort ? `NOT ${IS_SUPERSEDED}` : 'superseded.id IS NULL'}` : '';
  return `FROM (SELECT ${COLUMNS}${isDeduplicated ? ', reference, card_fingerprint' : ''} FROM session
    WHERE ${created('id')} AND ${whose}) s ${beside.join(' ')}
    CROSS JOIN LATERAL (SELECT ${PHASE} AS phase OFFSET 0) p WHERE true${only}${conditions}`;
}

/** Another session stands for one: of the same purchase, and at most so much younger. */
export const IS_SUPERSEDED = `EXISTS (SELECT FROM session later WHERE later.reference = s.reference AND later.id > s.id
  AND later.merchant_id = s.merchant_id AND later.environment = s.environment AND later.card_fingerprint = s.card_fingerprint
  AND later.created_at <= s.created_at + interval '${SAME_PURCHASE_MS} milliseconds')`;

/**
 * `superseded` is there where another session stands for one, found for all of them at once. Without a reference or a card
 * nobody can tell whether it is the same purchase.
 */
const supersededBy = (created: string, whose: string): string =>
  `LEFT JOIN (SELECT id FROM (SELECT id, lead(created_at) OVER (PARTITION BY merchant_id, environment, reference, card_fingerprint ORDER BY id)
      - created_at <= interval '${SAME_PURCHASE_MS} milliseconds' AS is_superseded
    FROM session WHERE reference IS NOT NULL AND card_fingerprint IS NOT NULL AND ${created} AND ${whose}) purchase
    WHERE is_superseded) superseded ON superseded.id = s.id`;
