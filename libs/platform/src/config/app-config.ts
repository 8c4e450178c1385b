import type { Secret } from '@app/kernel';
import type { PreparedStatementsMode } from '../database/prepared-statements';
import type { RateLimit } from '../limits/rate-limiter';

/** A key encryption key. `id` is a UUID derived from the key, so every ciphertext can name it. */
export interface Kek {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Secret<Buffer>;
}

export type Role = 'api' | 'worker' | 'all';

/** How we prove to be ourselves at an identity provider's token endpoint (OpenID Connect Core section 9). */
export type OidcClientAuth = 'client_secret_basic' | 'client_secret_post' | 'none';

/** The identity provider that operators may sign in with. */
export interface OidcConfig {
  /** As the provider writes it in its tokens. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which has PKCE alone. */
  readonly clientSecret: Secret | null;
  readonly clientAuth: OidcClientAuth;
  /** What people call it: on the button. */
  readonly name: string;
  readonly scopes: string;
  /** Of e-mail addresses, in lower case; null: all. */
  readonly allowedDomains: readonly string[] | null;
  /** Values of `acr` or `amr` that say that the provider has asked for a second factor. */
  readonly secondFactors: readonly string[];
  /** Whether passwords are for emergencies only. */
  readonly isOnlyWay: boolean;
}

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
    /** Of one listener; those beyond are closed at once. */
    readonly maxConnections: number;
    /** From the connection, or the request before, to the last header. */
    readonly headersTimeoutMs: number;
    /** The same to the last byte of the body. */
    readonly requestTimeoutMs: number;
    /** How long a connection may wait for its next request. */
    readonly idleTimeoutMs: number;
    /** From not ready to not listening: time for load balancers to notice. */
    readonly drainMs: number;
  };
  /** What one process takes on. Null: without limit. */
  readonly limits: {
    readonly tokensPerKey: RateLimit | null;
    readonly sessionsPerKey: RateLimit | null;
    readonly hostedPerLink: RateLimit | null;
    readonly cardsPerKey: RateLimit | null;
    readonly perAddress: RateLimit | null;
    readonly cardsPerAddress: RateLimit | null;
    /** Networks whose `X-Forwarded-For` is believed. */
    readonly trustedProxies: readonly string[];
    /** In progress at a time. */
    readonly maxRequests: number;
    /** Cardholders' pages that are kept up to date at a time. */
    readonly maxStreams: number;
    readonly maxEventLoopDelayMs: number;
  };
  readonly database: {
    /** May be a pooler in transaction mode. */
    readonly url: Secret;
    /** Straight to Postgres: migrations, worker, LISTEN. */
    readonly directUrl: Secret;
    /** For reports. */
    readonly replicaUrl: Secret | null;
    readonly poolSize: number;
    /** Of connections to `url`; `auto`: where it leads straight to Postgres. */
    readonly preparedStatements: PreparedStatementsMode;
  };
  /** The first is current; the others only open what they sealed. */
  readonly keks: readonly Kek[];
  readonly role: Role;
  /** Null: operators have passwords only. */
  readonly oidc: OidcConfig | null;
  readonly demo: boolean;
  /** Demo mode only: whether it is filled with made-up sessions. */
  readonly demoSeed: boolean;
  /** Demo mode only: where the simulator answers. */
  readonly simulatorUrl: string | null;
  /** Demo mode only: how much faster deadlines and clocks run. */
  readonly timeScale: number;
  readonly dataDir: string;
  readonly logLevel: string;
}

/** DI token of the `AppConfig`. */
export const APP_CONFIG = Symbol('APP_CONFIG');
