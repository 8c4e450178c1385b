import { Secret } from '@app/kernel';
import { OutboundFailure, type OutboundHttp, type OutboundResponse } from '@app/platform';
import type { UpstreamCredential, UpstreamTokenEndpoint } from './domain/connector-account';

/** Nobody waits for a token in steady state; a call of a merchant's that has to is answered within 8 s. */
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
const LONGEST_LIFE_SECONDS = 366 * 86_400;

/** What became of asking an upstream for a token. `cause` is for logs and people: a word or two, never a body. */
export type UpstreamTokenOutcome =
  | {
      outcome: 'issued';
      accessToken: Secret;
      expiresInSeconds: number;
      /** The upstream's own clock as it answered, where it told. */
      date?: Date;
    }
  /** RFC 6749 section 5.2: asking again with the same is no use. */
  | { outcome: 'refused'; code: string }
  | { outcome: 'failed'; retryAfterSeconds?: number; cause: UpstreamTokenFailure };

/** Why there was neither a token nor a refusal. `status_…` names an HTTP status that is neither. */
export type UpstreamTokenFailure =
  | 'unreachable'
  | 'timeout'
  | 'cut'
  | 'too_large'
  | 'address_forbidden'
  | 'not_json'
  | 'token_missing'
  | 'lifetime_invalid'
  | 'rate_limited'
  | `status_${number}`;

/**
 * Asks for a token by client credentials (RFC 6749 section 4.4; the form as Checkout.com has it: credentials are fields).
 * Redirects are not followed. Throws only for bugs.
 */
export async function requestUpstreamToken(
  http: Pick<OutboundHttp, 'request'>,
  endpoint: Pick<UpstreamTokenEndpoint, 'tokenUrl'>,
  credential: UpstreamCredential,
  scopes: readonly string[],
): Promise<UpstreamTokenOutcome> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credential.clientId,
    client_secret: credential.clientSecret.expose(),
  });
  if (scopes.length > 0) form.set('scope', scopes.join(' '));
  try {
    const response = await http.request({
      method: 'POST',
      url: endpoint.tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    return readTokenResponse(response);
  } catch (error) {
    if (error instanceof OutboundFailure) return { outcome: 'failed', cause: CAUSES[error.reason] };
    throw error;
  }
}

const CAUSES: Record<OutboundFailure['reason'], UpstreamTokenFailure> = {
  refused: 'unreachable',
  unresolvable: 'unreachable',
  timeout: 'timeout',
  cut: 'cut',
  too_large: 'too_large',
  invalid_url: 'address_forbidden',
  forbidden_address: 'address_forbidden',
};

/** RFC 6749 section 5.2, and two of Checkout.com's own; whatever else stands there is no refusal to be remembered. */
const REFUSALS: readonly string[] = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'access_denied',
  'invalid_context',
];

/** Reads an answer of a token endpoint. Pure. */
export function readTokenResponse({
  status,
  headers,
  body,
}: Pick<OutboundResponse, 'status' | 'headers' | 'body'>): UpstreamTokenOutcome {
  const json = parsed(body);
  if (status === 200 || status === 201) return json === null ? failed('not_json') : readToken(json, headers);
  const code = json?.['error'];
  if ((status === 400 || status === 401 || status === 403) && typeof code === 'string' && REFUSALS.includes(code)) {
    return { outcome: 'refused', code };
  }
  const retryAfterSeconds = secondsOf(headers['retry-after'], dateOf(headers));
  return {
    outcome: 'failed',
    cause: status === 429 ? 'rate_limited' : `status_${status}`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

function readToken(json: Record<string, unknown>, headers: Record<string, string>): UpstreamTokenOutcome {
  const { access_token: token, token_type: type, expires_in: life } = json;
  const isBearer = type === undefined || (typeof type === 'string' && type.toLowerCase() === 'bearer');
  // RFC 6750 section 2.1: what a header can carry.
  if (typeof token !== 'string' || !/^[\w.~+/=-]+$/.test(token) || !isBearer) return failed('token_missing');
  if (!Number.isInteger(life) || (life as number) < 1 || (life as number) > LONGEST_LIFE_SECONDS) {
    return failed('lifetime_invalid');
  }
  const date = dateOf(headers);
  return {
    outcome: 'issued',
    accessToken: new Secret(token),
    expiresInSeconds: life as number,
    ...(date === undefined ? {} : { date }),
  };
}

function failed(cause: UpstreamTokenFailure): UpstreamTokenOutcome {
  return { outcome: 'failed', cause };
}

function parsed(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function dateOf(headers: Record<string, string>): Date | undefined {
  const at = Date.parse(headers['date'] ?? '');
  return Number.isNaN(at) ? undefined : new Date(at);
}

/** Seconds, or a date (RFC 9110 section 10.2.3), which counts from the upstream's own time. */
function secondsOf(retryAfter: string | undefined, now: Date | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  if (Number.isNaN(at) || now === undefined) return undefined;
  return Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
