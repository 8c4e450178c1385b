/** The simulator as `GET /admin/api/simulator` tells it. */

/** A published test card. */
export interface TestCard {
  readonly number: string;
  readonly scheme: string;
  readonly flow: 'frictionless' | 'challenge' | 'none';
  readonly status: 'approved' | 'attempted' | 'declined' | 'rejected' | 'unavailable' | 'error';
  readonly reason: string | null;
  readonly has_method: boolean;
}

export const PARTS = ['ds', 'rreq', 'callback'] as const;
export type Part = (typeof PARTS)[number];

/** What is wrong with one part. */
export interface Fault {
  readonly mode: string;
  readonly delay_ms: number;
  /** Uses left; null until somebody ends it. */
  readonly times: number | null;
  /** Of directory servers. */
  readonly scheme?: string | null;
}

export interface UpstreamFault {
  readonly on: string;
  readonly mode: string;
  readonly times: number | null;
  readonly struck: number;
}

export type Faults = Readonly<Record<Part, Fault>>;

export interface SimulatorState {
  readonly faults: Faults;
  readonly upstream_faults: readonly UpstreamFault[];
}

export interface Simulator extends SimulatorState {
  readonly shop_url: string;
  readonly challenge_password: string;
  readonly cards: readonly TestCard[];
  readonly fault_modes: Readonly<Record<Part, readonly string[]>>;
}

/** A test session just made. */
export interface MadeSession {
  readonly session_id: string;
  readonly status: string;
  readonly hosted_url: string | null;
}
