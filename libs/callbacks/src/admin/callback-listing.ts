import { CALLBACK_COUNTS, CALLBACK_FRAME, type Listing } from '@app/platform';
import { CALLBACK_KINDS } from '../domain/callback-kind';
import { DELIVERY_PROBLEMS } from '../domain/delivery-problem';

/** What may be asked of the list of callbacks. Ids sort by time, so `created_at` is the id's own order. */
export const CALLBACK_LISTING = {
  filters: {
    merchant_id: { type: 'id', kind: 'merchant' },
    channel_id: { type: 'id', kind: 'channel' },
    session_id: { type: 'id', kind: 'session' },
    state: { type: 'word', words: ['due', 'delivered', 'dead'] },
    kind: { type: 'word', words: CALLBACK_KINDS },
    environment: { type: 'word', words: ['test', 'live'] },
    endpoint: { type: 'text', maxLength: 2_000 },
    last_problem: { type: 'word', words: DELIVERY_PROBLEMS },
    created_at: { type: 'time' },
    is_failing: { type: 'flag' },
    is_due_now: { type: 'flag' },
    is_being_sent_again: { type: 'flag' },
    counts_as: { type: 'word', words: CALLBACK_COUNTS },
    ...CALLBACK_FRAME,
  },
  sorts: { created_at: 'id' },
  defaultSort: '-created_at',
  members: [
    'merchant_id',
    'environment',
    'channel_id',
    'session_id',
    'kind',
    'url',
    'state',
    'tries',
    'next_try_at',
    'last_status',
    'last_problem',
    'created_at',
    'delivered_at',
    'resend_at',
  ],
} as const satisfies Listing;

export type CallbackField = keyof typeof CALLBACK_LISTING.filters;
export type CallbackSort = keyof typeof CALLBACK_LISTING.sorts;

/** A message that a merchant is owed, as operators see it. Ids are UUIDs. */
export interface CallbackLine {
  readonly id: string;
  readonly merchantId: string;
  readonly environment: string;
  readonly channelId: string;
  readonly sessionId: string;
  readonly kind: string;
  readonly url: string;
  readonly state: 'due' | 'delivered' | 'dead';
  readonly tries: number;
  readonly nextTryAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastProblem: string | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  /** Since when one that is delivered is wanted once more. */
  readonly resendAt: Date | null;
}

/** One try at a message. */
export interface DeliveryLine {
  readonly try: number;
  readonly at: Date;
  readonly latencyMs: number;
  readonly status: number | null;
  readonly problem: string | null;
}

/** A message with what it says and every try. */
export interface ShownCallback extends CallbackLine {
  /** As it is sent, without the authentication value. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly deliveries: readonly DeliveryLine[];
}
