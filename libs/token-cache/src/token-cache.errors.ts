/** The upstream does not accept the account's credentials or what was asked for: it was not asked again. */
export class TokenRefused extends Error {
  /** `code` as the upstream said it, such as `invalid_client`. */
  constructor(readonly code: string) {
    super(`The upstream refuses a token: ${code}`);
    this.name = 'TokenRefused';
  }
}

/** There is no token now, and there was none within the caller's patience. Nothing was sent in its name. */
export class TokenUnavailable extends Error {
  /**
   * `reason`: what the last fetch failed with; `waited_too_long` when another is still at it; `rejected` when the upstream
   * does not take the tokens that it gives; `storage` when Postgres was not there; `not_bound` before the start was through.
   */
  constructor(
    readonly reason: string,
    options: { cause?: unknown } = {},
  ) {
    super(`No upstream token: ${reason}`, options);
    this.name = 'TokenUnavailable';
  }
}
