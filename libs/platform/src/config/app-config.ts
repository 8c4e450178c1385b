import type { Secret } from '@app/kernel';

/** A key encryption key. `id` is a UUID derived from the key, so every ciphertext can name it. */
export interface Kek {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Secret<Buffer>;
}

export type Role = 'api' | 'worker' | 'all';

/** Everything the environment decides, checked and frozen at boot. Slices by concern; secrets mask themselves. */
export interface AppConfig {
  readonly http: {
    readonly host: string;
    /** 0 picks a free one. */
    readonly port: number;
    /** A listener of its own for result requests (mutual TLS in front); null: the main one serves them. */
    readonly rreqPort: number | null;
    /** Base of every address we hand out, no trailing slash; null: the address listened on. */
    readonly publicUrl: string | null;
    readonly bodyLimitBytes: number;
  };
  readonly database: {
    /** May be a pooler in transaction mode. */
    readonly url: Secret;
    /** Straight to Postgres: migrations, worker, LISTEN. */
    readonly directUrl: Secret;
    /** For reports. */
    readonly replicaUrl: Secret | null;
    readonly poolSize: number;
  };
  /** The first is current; the others only open what they sealed. */
  readonly keks: readonly Kek[];
  readonly role: Role;
  readonly demo: boolean;
  /** Demo mode only: where the simulator answers. */
  readonly simulatorUrl: string | null;
  /** Demo mode only: how much faster deadlines and clocks run. */
  readonly timeScale: number;
  readonly dataDir: string;
  readonly logLevel: string;
}

/** DI token of the `AppConfig`. */
export const APP_CONFIG = Symbol('APP_CONFIG');
