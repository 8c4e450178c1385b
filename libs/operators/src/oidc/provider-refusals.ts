import { OutboundFailure } from '@app/platform';
import { OidcRefused, type OidcProblem } from '../domain/oidc-problems';

/** Codes of errors that say that the provider itself is not well, or not set up for us. */
const UNWELL = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_TIMEOUT',
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
  // Our client id or secret, or what it may do there (RFC 6749 section 5.2).
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'server_error',
  'temporarily_unavailable',
]);
/** What a person can say at the provider, or the provider of them. */
const AUTHORIZATION_ERROR = 'OAUTH_AUTHORIZATION_RESPONSE_ERROR';
/** The library's own codes. */
const LIBRARY_CODE = /^OAUTH_[A-Z_]{1,50}$/;
/** Errors of providers, by RFC 6749 sections 4.1.2.1 and 5.2 and OpenID Connect Core section 3.1.2.6. */
const SAID = new Set([
  ...UNWELL,
  'access_denied',
  'invalid_request',
  'invalid_grant',
  'invalid_scope',
  'unsupported_response_type',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
]);

/**
 * What an error of the library means for whoever came back. Its message and its cause may hold tokens, and what a return
 * says is anybody's text: only codes are taken over.
 */
export function refusalOf(error: unknown): OidcRefused {
  if (error instanceof OidcRefused) return error;
  const outbound = [error, (error as { cause?: unknown } | null)?.cause].find((one) => one instanceof OutboundFailure);
  if (outbound) return new OidcRefused('provider_unavailable', outbound.reason);
  const { code, error: said } = (error ?? {}) as { code?: unknown; error?: unknown };
  const why = whyOf(said, code);
  return new OidcRefused(problemOf(code, why), why);
}

// A closed list: anybody can make up an error in a return, and each is told of once.
function whyOf(said: unknown, code: unknown): string {
  if (typeof said === 'string') return SAID.has(said) ? said : 'another_error';
  return typeof code === 'string' && LIBRARY_CODE.test(code) ? code : 'unknown';
}

function problemOf(code: unknown, why: string): OidcProblem {
  if (UNWELL.has(why) || (typeof code === 'string' && UNWELL.has(code))) return 'provider_unavailable';
  return code === AUTHORIZATION_ERROR ? 'denied' : 'not_proven';
}
