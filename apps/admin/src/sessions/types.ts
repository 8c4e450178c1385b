/** Sessions as `GET /admin/api/sessions` tells them. */

/** The public states of a session. */
export const STATUSES = [
  'pending',
  'processing',
  'challenged',
  'approved',
  'attempted',
  'declined',
  'rejected',
  'unavailable',
  'challenge_abandoned',
  'expired',
] as const;
export type SessionStatus = (typeof STATUSES)[number];

export const LIABILITY_SHIFTS = ['yes', 'no', 'unknown'] as const;
export type LiabilityShift = (typeof LIABILITY_SHIFTS)[number];
export type DecidedBy = 'issuer' | 'directory_server' | 'cardholder' | 'nobody';
export type Advice =
  'authorize' | 'authorize_without_shift' | 'do_not_authorize' | 'retry_or_authorize_without_shift' | 'retry';

/** What a result means to the merchant. */
export interface Verdict {
  readonly decided_by: DecidedBy;
  readonly liability_shift: LiabilityShift;
  readonly advice: Advice;
  readonly text: string;
}

/** A session as a list shows it. */
export interface SessionLine {
  readonly id: string;
  readonly merchant_id: string;
  readonly channel_id: string;
  readonly environment: 'test' | 'live';
  readonly created_at: string;
  readonly updated_at: string;
  readonly final_at: string | null;
  readonly status: SessionStatus;
  readonly status_reason: string | null;
  /** Why it was turned away at creation. */
  readonly refusal_code: string | null;
  readonly verdict: Verdict | null;
  readonly trans_status: string | null;
  readonly trans_status_reason: string | null;
  readonly eci: string | null;
  readonly scheme: string | null;
  readonly bin: string | null;
  readonly last_four: string | null;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly reference: string | null;
  readonly flow: 'hosted' | 'non_hosted';
  readonly device_channel: 'browser' | 'app' | 'merchant_initiated' | null;
  readonly authentication_category: string;
  readonly authentication_type: string;
  readonly protocol_version: string | null;
  readonly connector: string | null;
  readonly attempts: number;
  readonly acs: { readonly reference_number: string | null; readonly operator_id: string | null } | null;
  /** Null until the issuer side has finished. */
  readonly challenged: boolean | null;
  readonly is_past_deadline: boolean;
  /** The session in whose place an operator made it. */
  readonly retry_of: string | null;
  /** It never was: it is there to be looked at. */
  readonly is_demo: boolean;
}

/** A line of what happened. */
export interface StoryEvent {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly from: SessionStatus | null;
  readonly to: SessionStatus;
  /** A wire id, `issuer`, `cardholder` or `system`. */
  readonly actor: string;
  readonly attempt: number;
  readonly leg: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** When the cardholder's page came to which point. */
export interface PageLeg {
  readonly leg: string;
  readonly at: string;
}

/** One try at a connector. */
export interface Attempt {
  readonly number: number;
  readonly connector: string;
  readonly protocol_version: string;
  readonly transaction_id: string;
  readonly ds_transaction_id: string | null;
  readonly acs_transaction_id: string | null;
  readonly method_url: string | null;
  readonly progress: string;
  readonly error: Readonly<Record<string, unknown>> | null;
  readonly created_at: string;
}

/** One masked protocol message or upstream call. */
export interface Message {
  readonly seq: number;
  readonly attempt: number;
  readonly direction: 'sent' | 'received';
  readonly message_type: string;
  readonly at: string;
  readonly latency_ms: number | null;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly problem: string | null;
}

/** One try at a callback. */
export interface Delivery {
  readonly try: number;
  readonly at: string;
  readonly duration_ms: number;
  readonly status: number | null;
  readonly problem: string | null;
}

/** A callback that the merchant is owed or has, with every try at it. */
export interface Callback {
  readonly id: string;
  readonly kind: string;
  readonly url: string;
  readonly state: 'due' | 'delivered' | 'dead';
  readonly created_at: string;
  readonly delivered_at: string | null;
  readonly next_try_at: string | null;
  /** Since when a delivered one is wanted once more. */
  readonly resend_at: string | null;
  readonly deliveries: readonly Delivery[];
}

/** Whether an act can be done now, and why not. */
export interface ActState {
  readonly allowed: boolean;
  readonly code: string | null;
  readonly why: string | null;
}

/** A session with its whole story. */
export interface SessionStory extends SessionLine {
  /** By the act; what is not there this server does not do. */
  readonly acts: Readonly<Record<string, ActState>>;
  readonly deadline_at: string | null;
  readonly completed_at: string | null;
  readonly callback_url: string | null;
  /** The session that stands in for it. */
  readonly retried_as: string | null;
  /** Which try it is; the session that began it all was the first. */
  readonly try_number: number;
  readonly challenge_indicator: string | null;
  readonly request: Readonly<Record<string, unknown>>;
  readonly timeline: readonly StoryEvent[];
  readonly page_legs: readonly PageLeg[];
  readonly attempts_made: readonly Attempt[];
  readonly messages: readonly Message[];
  readonly callbacks: readonly Callback[];
}
