/** The `error` values of the token endpoint that we give (RFC 6749 section 5.2). */
export type TokenError = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope';

/** A client's request for a token, read and agreed between its two places. */
export interface TokenRequest {
  clientId: string;
  clientSecret: string;
  /** Space-separated, as sent; absent means all of the key's. */
  scope: string | undefined;
}

export type ParsedTokenRequest = { ok: true; request: TokenRequest } | { ok: false; error: TokenError };

interface Credentials {
  id: string;
  secret: string;
}

const refuse = (error: TokenError): ParsedTokenRequest => ({ ok: false, error });

/**
 * Reads a token request (sessions-api.md section 3). Credentials may come as HTTP Basic, as form fields, or as both, which
 * must then agree. Empty fields count as absent, repeated ones are refused (RFC 6749 section 3.2).
 * @param contentType the header as received
 * @param body the form: raw text, or parsed to an object whose repeated fields are arrays
 * @param authorization the header as received; schemes other than Basic are not looked at
 */
export function parseTokenRequest(
  contentType: string | undefined,
  body: unknown,
  authorization: string | undefined,
): ParsedTokenRequest {
  if (!isForm(contentType)) return refuse('invalid_request');
  const form = readForm(body);
  if (!form) return refuse('invalid_request');
  const grantType = form.get('grant_type');
  if (grantType === undefined) return refuse('invalid_request');
  if (grantType !== 'client_credentials') return refuse('unsupported_grant_type');

  const basic = readBasic(authorization);
  if (basic === 'malformed') return refuse('invalid_client');
  const id = agreed(basic?.id, form.get('client_id'));
  const secret = agreed(basic?.secret, form.get('client_secret'));
  if (id === null || secret === null) return refuse('invalid_client');
  // Nobody claimed to be anyone: the request is incomplete. Half a claim is a bad claim.
  if (id === undefined && secret === undefined) return refuse('invalid_request');
  if (id === undefined || secret === undefined) return refuse('invalid_client');
  return { ok: true, request: { clientId: id, clientSecret: secret, scope: form.get('scope') } };
}

function isForm(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

/** Null when a field is repeated or is not text. */
function readForm(body: unknown): Map<string, string> | null {
  const entries: Iterable<[string, unknown]> =
    typeof body === 'string' ? new URLSearchParams(body) : Object.entries(body ?? {});
  const form = new Map<string, string>();
  const seen = new Set<string>();
  for (const [name, value] of entries) {
    if (typeof value !== 'string' || seen.has(name)) return null;
    seen.add(name);
    if (value !== '') form.set(name, value);
  }
  return form;
}

function readBasic(authorization: string | undefined): Credentials | 'malformed' | undefined {
  const encoded = /^basic +(.*)$/i.exec(authorization ?? '')?.[1]?.trim();
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? 'malformed' : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** The one value of two places; undefined when neither has it, null when they differ. */
function agreed(first: string | undefined, second: string | undefined): string | undefined | null {
  if (first === undefined || second === undefined) return first ?? second;
  return first === second ? first : null;
}
