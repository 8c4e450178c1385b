import type { Choice } from '../list/filter-field';
import { DELIVERY_PROBLEM_WORDS } from '../sessions/show/words';
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

/** What can go wrong with a try. */
export const PROBLEMS: readonly Choice[] = Object.entries(DELIVERY_PROBLEM_WORDS).map(([value, words]) => ({
  value,
  label: words.charAt(0).toUpperCase() + words.slice(1),
}));

/** What became of a try, in words. */
export const outcomeOf = ({ status, problem }: { readonly status: number | null; readonly problem: string | null }) =>
  [status, problem && (DELIVERY_PROBLEM_WORDS[problem] ?? problem)].filter((part) => part !== null).join(' · ');

/** How it goes with callbacks of one environment, as `GET /admin/api/callbacks/figures` tells. */
export interface CallbackFigures {
  readonly environment: 'test' | 'live';
  readonly due: number;
  readonly oldest_due_at: string | null;
  readonly failing: number;
  readonly dead: number;
  readonly last_hour: {
    readonly owed: number;
    readonly delivered: number;
    readonly at_first_try: number;
    readonly lag_p50_seconds: number | null;
    readonly lag_p95_seconds: number | null;
    readonly lag_per_minute: readonly (number | null)[];
  };
}
