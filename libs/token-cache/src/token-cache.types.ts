import type { Secret } from '@app/kernel';

/** What a token is for. Two requests are the same when account, set of scopes and audience are. */
export interface TokenRequest {
  /** UUID of the account that we hold at the upstream. */
  readonly accountId: string;
  /** Rises when the account's credential changes: tokens and refusals of the one before are then void. From 1. */
  readonly credentialVersion: number;
  /** In any order. */
  readonly scopes: readonly string[];
  readonly audience?: string;
}

/** A token as the upstream gave it. */
export interface IssuedToken {
  readonly accessToken: Secret;
  /** From the moment it was asked for. */
  readonly expiresInSeconds: number;
  /** The upstream's own time (`Date` header), to measure how far apart the clocks are. */
  readonly serverDate?: Date;
}

/**
 * How a fetch ended. `refused`: the upstream does not accept these credentials or this request (`code` as it said, such as
 * `invalid_client`), and asking again would change nothing. `failed`: anything else; asking again later may help.
 */
export type FetchOutcome =
  | { readonly outcome: 'issued'; readonly token: IssuedToken }
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'failed'; readonly cause: string; readonly retryAfterSeconds?: number };

/**
 * Gets one token from the upstream. Looks the account up itself and uses its credential of `credentialVersion` or newer
 * (where it only knows an older one it answers `failed`). Throws for bugs only; may take up to 10 s, later answers are ignored.
 */
export type FetchToken = (request: TokenRequest) => Promise<FetchOutcome>;

/** A token to call the upstream with. */
export interface UpstreamToken {
  readonly accessToken: Secret;
  /** Names this token among all of its kind: say it when the upstream answers 401 to it. */
  readonly sequence: number;
  /** Until when it is handed out, a little before the upstream stops taking it. */
  readonly expiresAt: Date;
}
