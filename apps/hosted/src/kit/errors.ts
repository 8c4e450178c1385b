/** What can go wrong in the page. How an authentication ends is no error: it is the session's status. */

/**
 * - `aborted`: the caller's signal said so
 * - `unauthorized`: the secret is not one of this session, or its time is over
 * - `not_challenged`: there is nothing to show, because the session waits for the merchant
 * - `popup_blocked`: the browser opened no window; call it from a click, or use another way
 * - `invalid_card`: the card cannot be taken as it was entered; the fields show why
 * - `refused`: the API refused the call; `codes` say why
 * - `network`: the API could not be reached, several times
 */
export type ErrorCode =
  'aborted' | 'unauthorized' | 'not_challenged' | 'popup_blocked' | 'invalid_card' | 'refused' | 'network';

/** The only error that the kit throws. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';

  /** `code` is for programs; `codes` are the API's `error_codes`, where it gave some. */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly codes: readonly string[] = [],
  ) {
    super(message);
  }
}
