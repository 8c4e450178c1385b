/** Reports as the API tells them. */

export interface Rate {
  /** Absent where nothing is in the denominator. */
  readonly value?: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly small: boolean;
}

/** Figures of some sessions. */
export interface Slice {
  readonly counts: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, Rate>>;
}

export interface Summary extends Slice {
  readonly from: string;
  readonly to: string;
  readonly identities: readonly {
    readonly id: string;
    readonly title: string;
    readonly holds: boolean;
    readonly excess: number;
  }[];
  readonly money: readonly {
    readonly currency: string;
    readonly sessions: number;
    readonly amount: number;
    readonly approved_amount: number;
  }[];
}

export interface Trend {
  readonly from: string;
  readonly to: string;
  readonly unit: Unit;
  readonly points: readonly (Slice & { readonly at: string })[];
}

export interface Split {
  readonly by: string;
  readonly rows: readonly (Slice & { readonly value: string | null })[];
  readonly others: Slice;
  readonly total: Slice;
}

export interface Leg {
  readonly id: string;
  readonly count: number;
  readonly small: boolean;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
  readonly p99_ms: number | null;
  readonly max_ms: number | null;
}

export interface Callbacks {
  readonly due: number;
  readonly first_try_rate: Rate;
  readonly delivered_rate: Rate;
  readonly dead: number;
  readonly backlog: number;
  readonly oldest_due_at: string | null;
  readonly lag: { readonly p50_ms: number | null; readonly p95_ms: number | null; readonly p99_ms: number | null };
  readonly unresolved_past_deadline: number;
}

/** What a figure is, in words. */
export interface Definition {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly numerator?: readonly string[];
  readonly denominator?: readonly string[];
  readonly exclusions?: string;
}

export interface Dimension {
  readonly id: string;
  readonly title: string;
  /** The same thing in the list of sessions. */
  readonly filter: string;
}

export interface Catalogue {
  readonly time_basis: string;
  /** How exact they are. */
  readonly percentiles: string;
  readonly small_below: number;
  readonly counts: readonly Definition[];
  readonly rates: readonly Definition[];
  readonly durations: readonly Definition[];
  readonly callbacks: readonly Definition[];
  readonly dimensions: readonly Dimension[];
  readonly identities: readonly { readonly id: string; readonly title: string }[];
}

export type Unit = 'hour' | 'day' | 'week';
export type Traffic = 'live' | 'test' | 'demo';
export type Basis = 'raw' | 'deduplicated';
/** Whose part in authentications is looked at: a dimension. */
export type Party = 'issuer' | 'acs';
