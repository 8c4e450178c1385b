/**
 * Why a return from the identity provider leads to no session, in words for the console. What a stranger may not know (who is
 * an operator, who is disabled) is one of them.
 */
export const OIDC_PROBLEMS = [
  /** The browser brings no cookie of ours, or one that is over ten minutes old. */
  'expired',
  /** The return is not of the sign-in that this browser began last. */
  'not_begun_here',
  /** The same return, once more. */
  'used',
  /** The provider says that the person, or the provider, does not want to. */
  'denied',
  /** The provider does not answer, or with an error of its own. */
  'provider_unavailable',
  /** The provider's answer proves nothing. */
  'not_proven',
  /** The provider has not verified the e-mail address. */
  'email_unverified',
  /** Nobody who may use the console. */
  'not_let_in',
  /** Too many failures. */
  'locked',
  /** We ourselves have no time, or no database. */
  'busy',
] as const;

export type OidcProblem = (typeof OIDC_PROBLEMS)[number];

/** A return that leads to no session. `why` is for operators' eyes: codes, never what somebody sent. */
export class OidcRefused extends Error {
  constructor(
    readonly problem: OidcProblem,
    readonly why: string,
    options: { cause?: unknown } = {},
  ) {
    super(`Not signed in by the identity provider: ${problem}, ${why}`, options);
    this.name = 'OidcRefused';
  }
}
