import { DIRECTORY_SERVERS, SCHEMES } from '@app/kernel';
import { ISSUER_FRAME, SESSION_COUNTS, SESSION_LEGS, type FieldRule, type Listing } from '@app/platform';
import { SESSION_STATUSES } from '../domain/session.machine';
import { ADVICE } from '../domain/verdict';

/** A field by whose values reports split sessions: it can be asked for those of a table's last rows, `All others` and `Unknown`. */
const unlike = <const Rule extends FieldRule>(rule: Rule) => ({ ...rule, unlike: true as const });

/**
 * What may be asked of the list of sessions. Ids sort by time, so `created_at` is the id's own order and every page is read
 * off an index. Whatever is filtered by beside it either has an index of its own or is looked for along the time order.
 */
export const SESSION_LISTING = {
  filters: {
    id: { type: 'id', kind: 'session' },
    merchant_id: unlike({ type: 'id', kind: 'merchant' }),
    channel_id: unlike({ type: 'id', kind: 'channel' }),
    environment: { type: 'word', words: ['test', 'live'] },
    reference: { type: 'text', maxLength: 100 },
    bin: unlike({ type: 'digits', least: 6, most: 8 }),
    last_four: { type: 'text', maxLength: 4 },
    issuer: unlike(ISSUER_FRAME.issuer),
    issuer_country: unlike(ISSUER_FRAME.issuer_country),
    card_type: unlike(ISSUER_FRAME.card_type),
    scheme: unlike({ type: 'word', words: SCHEMES }),
    status: unlike({ type: 'word', words: SESSION_STATUSES }),
    trans_status: unlike({ type: 'word', words: ['Y', 'N', 'U', 'A', 'C', 'D', 'R', 'I', 'S'] }),
    trans_status_reason: unlike({ type: 'text', maxLength: 2 }),
    acs: unlike({ type: 'text', maxLength: 32 }),
    connector: unlike({ type: 'word', words: ['emv3ds', 'checkout'] }),
    advice: { type: 'word', words: ADVICE },
    liability_shift: unlike({ type: 'word', words: ['yes', 'no', 'unknown'] }),
    flow: unlike({ type: 'word', words: ['hosted', 'non_hosted'] }),
    device_channel: unlike({ type: 'word', words: ['browser', 'app', 'merchant_initiated'] }),
    authentication_category: unlike({ type: 'word', words: ['payment', 'non_payment'] }),
    protocol_version: unlike({ type: 'text', maxLength: 8 }),
    acs_operator: unlike({ type: 'text' }),
    eci: unlike({ type: 'text', maxLength: 2 }),
    amount_band: unlike({ type: 'text', maxLength: 20 }),
    authentication_type: unlike({ type: 'text', maxLength: 40 }),
    challenge_indicator: unlike({ type: 'text', maxLength: 60 }),
    exemption_requested: unlike({ type: 'text', maxLength: 60 }),
    exemption_applied: unlike({ type: 'text', maxLength: 60 }),
    failed_component: unlike({ type: 'word', words: ['C', 'S', 'D', 'A'] }),
    device_class: unlike({ type: 'word', words: ['desktop', 'mobile', 'tablet'] }),
    browser_family: unlike({ type: 'word', words: ['Chrome', 'Edge', 'Firefox', 'Opera', 'Safari', 'other'] }),
    amount: { type: 'integer' },
    currency: unlike({ type: 'text', maxLength: 3 }),
    created_at: { type: 'time' },
    counts_as: { type: 'word', words: SESSION_COUNTS },
    leg: { type: 'word', words: SESSION_LEGS },
    is_refused: { type: 'flag' },
    is_past_deadline: { type: 'flag' },
    is_unresolved: { type: 'flag' },
    is_last_of_purchase: { type: 'flag' },
    is_callback_failed: { type: 'flag' },
    retry_of: { type: 'id', kind: 'session' },
    directory_server: { type: 'word', words: DIRECTORY_SERVERS },
    is_areq_unanswered: { type: 'flag' },
    called_connector: { type: 'word', words: ['emv3ds', 'checkout'] },
    failed_connector: { type: 'word', words: ['emv3ds', 'checkout'] },
    is_inquiry_due: { type: 'flag' },
    is_notice_left: { type: 'flag' },
    transaction_id: { type: 'text', maxLength: 36 },
    is_demo: { type: 'flag' },
  },
  sorts: { created_at: 'id' },
  defaultSort: '-created_at',
  members: [
    'merchant_id',
    'channel_id',
    'environment',
    'created_at',
    'updated_at',
    'final_at',
    'status',
    'status_reason',
    'refusal_code',
    'verdict',
    'trans_status',
    'trans_status_reason',
    'eci',
    'scheme',
    'bin',
    'last_four',
    'issuer',
    'issuer_country',
    'card_type',
    'amount',
    'currency',
    'reference',
    'flow',
    'device_channel',
    'authentication_category',
    'authentication_type',
    'protocol_version',
    'connector',
    'attempts',
    'acs',
    'challenged',
    'is_past_deadline',
    'retry_of',
    'is_demo',
  ],
} as const satisfies Listing;

/** What reports say of each session. */
export const MEASURED_MEMBERS = [
  'exemption_requested',
  'exemption_applied',
  'recovered_late',
  'callback_lag_ms',
  'legs_ms',
] as const;

/**
 * A file of sessions has more of each than a list: what was said in the protocol, and what reports count and measure, for who
 * works with it elsewhere.
 */
export const SESSION_EXPORT = {
  ...SESSION_LISTING,
  members: [
    ...SESSION_LISTING.members,
    'completed_at',
    'challenge_indicator',
    'challenge_cancel',
    'results_status',
    'result_source',
    'interaction_counter',
    'transaction_id',
    'ds_transaction_id',
    'acs_transaction_id',
    'error',
    'failed_over',
    ...MEASURED_MEMBERS,
  ],
} as const satisfies Listing;

export type SessionFilter = keyof typeof SESSION_LISTING.filters;
export type SessionSort = keyof typeof SESSION_LISTING.sorts;
