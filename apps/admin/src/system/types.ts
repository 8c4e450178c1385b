/** How the installation runs, as `GET /admin/api/system` tells it. */

export interface Replica {
  readonly id: string;
  readonly role: 'api' | 'worker' | 'all';
  readonly version: string;
  readonly host: string;
  readonly pid: number;
  readonly is_alive: boolean;
  readonly started_at: string;
  readonly seen_at: string;
  readonly event_loop_delay_ms: number;
  readonly memory_bytes: number;
}

/** One piece of scheduled work in one process. */
export interface JobRun {
  readonly name: string;
  readonly replica: string;
  readonly every_ms: number | null;
  readonly last_at: string | null;
  readonly duration_ms: number | null;
  readonly outcome: 'done' | 'failed' | null;
  readonly next_at: string | null;
  readonly runs: number;
  readonly failures: number;
}

export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly expires_at: string;
  readonly is_held: boolean;
}

export interface Queue {
  readonly name: string;
  readonly count: number;
  readonly oldest_at: string | null;
}

export interface Partitions {
  readonly table: string;
  readonly period: 'day' | 'month';
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  /** The one after the present day or month; null: it was not made. */
  readonly next: string | null;
  readonly bytes: number;
}

export interface Kek {
  readonly id: string;
  readonly is_current: boolean;
  readonly is_configured: boolean;
  readonly values: number;
}

export interface System {
  readonly version: string;
  readonly node: string;
  readonly is_demo: boolean;
  readonly database: { readonly version: string; readonly bytes: number };
  readonly replicas: readonly Replica[];
  readonly jobs: readonly JobRun[];
  readonly leases: readonly Lease[];
  readonly queues: readonly Queue[];
  readonly partitions: readonly Partitions[];
  readonly migrations: { readonly applied: readonly string[]; readonly pending: readonly string[] };
  readonly keks: readonly Kek[];
}
