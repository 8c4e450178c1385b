import type { Secret } from '@app/kernel';

/** A token as it is stored. Times here and below are milliseconds since 1970. */
export interface StoredToken {
  readonly accessToken: Secret;
  /** The number of the fetch that got it. */
  readonly sequence: number;
  readonly issuedAt: number;
  /** Until when it is handed out: the safety margin is taken off. */
  readonly expiresAt: number;
}

/** What Postgres knows of one account and request. */
export interface TokenRow {
  readonly key: string;
  readonly accountId: string;
  readonly credentialVersion: number;
  readonly scopes: readonly string[];
  readonly audience: string | null;
  /** Rises with every change: who changes the row says which one it saw. */
  readonly version: number;
  /** The number of the last fetch that was begun: what an earlier one writes is ignored. Never reused. */
  readonly fence: number;
  /** While a fetch is under way: when its holder is taken for dead. */
  readonly claimedUntil: number | null;
  readonly token: StoredToken | null;
  /** Not before: when the token is to be replaced, or the upstream may be asked again. */
  readonly renewAt: number;
  /** What the upstream refused the present credential with. */
  readonly refusalCode: string | null;
  /** Fetches that failed in a row, and what the last one failed with. */
  readonly failures: number;
  readonly failureCause: string | null;
  /** Young tokens in a row that the upstream did not take. */
  readonly rejections: number;
  /** Of the last token. */
  readonly lifeMs: number | null;
}
