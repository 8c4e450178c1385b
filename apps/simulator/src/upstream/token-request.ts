/** The token request: Basic, form fields, or both at once (sessions-api.md section 3). */

/** What came, or the OAuth error that it deserves. */
export type TokenRequest =
  | { readonly ok: true; readonly clientId: string; readonly clientSecret: string; readonly scopes: readonly string[] }
  | { readonly ok: false; readonly clientId: string | null; readonly error: string };

/** Reads a token request. `authorization` is the header, `body` the form. */
export function readTokenRequest(authorization: string | undefined, body: string): TokenRequest {
  const form = new URLSearchParams(body);
  const basic = readBasic(authorization);
  const clientId = form.get('client_id') ?? basic?.id ?? null;
  const clientSecret = form.get('client_secret') ?? basic?.secret ?? null;
  const refuse = (error: string): TokenRequest => ({ ok: false, clientId, error });
  if (authorization !== undefined && basic === null) return refuse('invalid_request');
  if (basic && (basic.id !== clientId || basic.secret !== clientSecret)) return refuse('invalid_request');
  const grant = form.get('grant_type');
  if (grant === null) return refuse('invalid_request');
  if (grant !== 'client_credentials') return refuse('unsupported_grant_type');
  if (clientId === null || clientSecret === null) return refuse('invalid_client');
  return { ok: true, clientId, clientSecret, scopes: (form.get('scope') ?? '').split(' ').filter(Boolean) };
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}
