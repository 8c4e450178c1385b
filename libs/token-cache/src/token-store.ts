import type { Secret } from '@app/kernel';
import type { TokenRow } from './domain/token-row';

/** What a caller wants claimed. Times in milliseconds since 1970. */
export interface WantedClaim {
  readonly key: string;
  readonly accountId: string;
  readonly credentialVersion: number;
  readonly scopes: readonly string[];
  readonly audience: string | null;
  /** The version of the row that the decision was made on; 0 where there was none. */
  readonly seenVersion: number;
  readonly now: number;
  /** How long it lasts, by the store's clock. */
  readonly forMs: number;
  readonly inUseUntil: number;
}

/** Use of a token in one process, since that was last written down. */
export interface TokenUse {
  readonly key: string;
  readonly inUseUntil: number;
  /** Requests that waited for the upstream, and when the last one did. */
  readonly waits: number;
  readonly waitedAt: number | null;
}

/** How a fetch ended, as it is written down. */
export interface Settlement {
  readonly key: string;
  /** Of the claim: written only while no other fetch was begun. */
  readonly fence: number;
  /** A new token; the one before stays where there is none. */
  readonly token: {
    readonly accessToken: Secret;
    readonly issuedAt: number;
    readonly expiresAt: number;
    readonly lifeMs: number;
  } | null;
  readonly renewAt: number;
  readonly refusalCode: string | null;
  readonly failures: number;
  readonly failureCause: string | null;
  readonly endedAt: number;
}

/** A rejected token's end. */
export interface Rejection {
  readonly key: string;
  readonly sequence: number;
  readonly rejections: number;
  readonly renewAt: number;
}

/**
 * Where tokens are kept for the whole cluster. Every change is one statement. Claims end by the store's clock, the one that all
 * processes share; `claimedUntil` of the rows that it gives is that moment on the clock of the process.
 */
export abstract class TokenStore {
  abstract find(key: string): Promise<TokenRow | null>;
  /** The row as it is now, with a fence of its own; null when it is another than the one that was seen. */
  abstract claim(wanted: WantedClaim): Promise<TokenRow | null>;
  /**
   * Claims up to `limit` rows in use whose renewal was due before `dueBefore` and that nobody is at, the longest due first.
   */
  abstract claimDue(times: { dueBefore: number; now: number; forMs: number }, limit: number): Promise<TokenRow[]>;
  /** Makes a claim last `forMs` from now; false when it is no longer the holder's. */
  abstract extend(key: string, fence: number, forMs: number): Promise<boolean>;
  /** Writes down how a fetch ended and gives the claim back. The row's new version; null when another fetch was begun since. */
  abstract settle(settlement: Settlement): Promise<number | null>;
  /** Drops the token if it still is the one of that number. */
  abstract reject(rejection: Rejection): Promise<boolean>;
  /** Drops the tokens and refusals of an account, and fences off whoever is fetching for it. */
  abstract forget(accountId: string, now: number): Promise<void>;
  /** Tokens that were used: until when they count as in use, and who had to wait for them. */
  abstract noteUse(uses: readonly TokenUse[]): Promise<void>;
  /** Deletes rows that are not in use and hold nothing worth knowing; returns how many. */
  abstract deleteIdle(now: number): Promise<number>;
}
