/** Which answers a script of another origin may read: those to the session's own secret and to a public key, and no others. */
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As the guards of these routes take them. */
const SECRET = /^(bearer +)?sek_/i;
const PUBLIC_KEY = /^(bearer +)?pk_/i;

interface PageCall {
  method: string;
  /** What the call must carry for its answer to be open. */
  credential: RegExp;
}

/** The calls that pages make, by their routes: with a session's secret (sessions-api.md section 2) or a public key. */
export const PAGE_CALLS: Readonly<Record<string, PageCall>> = {
  '/sessions/:id': { method: 'GET', credential: SECRET },
  '/sessions/:id/collect-data': { method: 'PUT', credential: SECRET },
  '/sessions/:id/issuer-fingerprint': { method: 'PUT', credential: SECRET },
  '/sessions/:id/complete': { method: 'POST', credential: SECRET },
  '/tokens': { method: 'POST', credential: PUBLIC_KEY },
};

/** What a preflight is told about a route; the answer says nothing of anybody, so it is the same for every origin. */
export function preflightHeaders(route: string): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': PAGE_CALLS[route]?.method ?? '',
    'access-control-allow-headers': 'authorization, content-type',
    // The longest that a browser keeps it.
    'access-control-max-age': '7200',
  };
}

/**
 * Opens the answer to every origin when the call carries a session secret or a public key: that itself is the permission, no
 * cookie is read, and refusals have to be read too. A merchant's token has no business in a browser, so its answers stay
 * closed.
 */
export function letBrowsersRead(request: FastifyRequest, reply: FastifyReply): void {
  const call = PAGE_CALLS[request.routeOptions.url ?? ''];
  if (call?.method !== request.method || !call.credential.test(request.headers.authorization ?? '')) return;
  void reply.headers({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Cko-Request-Id, Cko-Version, Retry-After',
  });
}
