/** Which answers a script of another origin may read: those to the session's own secret, and no others. */
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The calls that take a session secret (sessions-api.md section 2), by their routes. */
export const SECRET_CALLS: Readonly<Record<string, string>> = {
  '/sessions/:id': 'GET',
  '/sessions/:id/collect-data': 'PUT',
  '/sessions/:id/issuer-fingerprint': 'PUT',
  '/sessions/:id/complete': 'POST',
};

/** As the guard of these routes takes it. */
const SECRET = /^(bearer +)?sek_/i;

/** What a preflight is told about a route; the answer says nothing of anybody, so it is the same for every origin. */
export function preflightHeaders(route: string): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': SECRET_CALLS[route] ?? '',
    'access-control-allow-headers': 'authorization, content-type',
    // The longest that a browser keeps it.
    'access-control-max-age': '7200',
  };
}

/**
 * Opens the answer to every origin when the call carries a session secret: the secret itself is the permission, no cookie is
 * read. A merchant's token has no business in a browser, so its answers stay closed.
 */
export function letBrowsersRead(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url;
  if (route === undefined || SECRET_CALLS[route] !== request.method) return;
  if (!SECRET.test(request.headers.authorization ?? '')) return;
  void reply.headers({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Cko-Request-Id, Cko-Version, Retry-After',
  });
}
