import type { Tone } from '../theme/tokens';

/** A message that a merchant is owed, as `GET /admin/api/callbacks` tells. */
export interface CallbackLine {
  readonly id: string;
  readonly merchant_id: string;
  readonly environment: 'test' | 'live';
  readonly channel_id: string;
  readonly session_id: string;
  readonly kind: string;
  readonly url: string;
  readonly state: 'due' | 'delivered' | 'dead';
  readonly tries: number;
  readonly next_try_at: string | null;
  readonly last_status: number | null;
  readonly last_problem: string | null;
  readonly created_at: string;
  readonly delivered_at: string | null;
}

/** One try at it. */
export interface Delivery {
  readonly try: number;
  readonly at: string;
  readonly latency_ms: number;
  readonly status: number | null;
  readonly problem: string | null;
}

export interface CallbackMessage extends CallbackLine {
  /** As it is sent, without the authentication value. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly deliveries: readonly Delivery[];
}

export const CALLBACK_STATES: Readonly<Record<CallbackLine['state'], { readonly label: string; readonly tone: Tone }>> =
  {
    due: { label: 'Due', tone: 'info' },
    delivered: { label: 'Delivered', tone: 'good' },
    dead: { label: 'Given up', tone: 'bad' },
  };

/** What became of a try, in words. */
export const outcomeOf = ({ status, problem }: { readonly status: number | null; readonly problem: string | null }) =>
  [status, problem?.replaceAll('_', ' ')].filter((part) => part !== null && part !== undefined).join(' · ');
