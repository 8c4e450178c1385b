import type { Listing } from '@app/platform';

/** What may be asked of the list of upstream tokens. */
export const TOKEN_LISTING = {
  filters: { account_id: { type: 'id', kind: 'connectorAccount' }, is_failing: { type: 'flag' } },
  sorts: { created_at: 'time' },
  defaultSort: '-created_at',
  members: [
    'account_id',
    'account_name',
    'merchant_id',
    'connector',
    'scopes',
    'state',
    'issued_at',
    'expires_at',
    'renew_at',
    'in_use_until',
    'fetching_until',
    'life_seconds',
    'failures',
    'failure',
    'rejections',
    'refused_until',
    'fetched_by',
    'refreshes',
    'lives',
    'refreshes_per_life',
    'failed_refreshes',
    'last_failure',
    'last_failed_at',
    'waits',
    'last_waited_at',
    'created_at',
  ],
} as const satisfies Listing;

export type TokenField = keyof typeof TOKEN_LISTING.filters;
export type TokenSort = keyof typeof TOKEN_LISTING.sorts;

/** What is known of the token for one account and request, without the token. */
export interface TokenLine {
  /** The row's key: a hash of what the token is for. */
  readonly key: string;
  /** UUID. */
  readonly accountId: string;
  readonly scopes: readonly string[];
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly renewAt: Date;
  readonly inUseUntil: Date;
  /** While somebody fetches: when they are taken for dead. */
  readonly claimedUntil: Date | null;
  readonly lifeMs: number | null;
  readonly refusalCode: string | null;
  readonly failures: number;
  readonly failureCause: string | null;
  readonly rejections: number;
  readonly createdAt: Date;
  /** The process that fetches, or fetched last. */
  readonly holder: string | null;
  /** Of the whole cluster since `createdAt`: fetches begun, tokens issued, fetches that failed or were refused. */
  readonly fetches: number;
  readonly lives: number;
  readonly failedFetches: number;
  readonly lastFailure: string | null;
  readonly lastFailedAt: Date | null;
  /** Requests that waited for the upstream. */
  readonly waits: number;
  readonly lastWaitedAt: Date | null;
}
