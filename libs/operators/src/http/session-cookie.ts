import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The cookie of a session (RFC 6265bis). Over https its name begins with `__Host-`: browsers take it from this very host
 * only, for no other, and never over http.
 */
const nameFor = (isSecure: boolean): string => (isSecure ? '__Host-countersign_session' : 'countersign_session');

const attributesFor = (isSecure: boolean): string => `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;

/** The secret in a request's cookie; null where there is none. Of several of the name the first counts. */
export function readSessionCookie({ headers }: Pick<FastifyRequest, 'headers'>, isSecure: boolean): string | null {
  return readCookie({ headers }, nameFor(isSecure));
}

/** The value of a request's cookie; null where there is none. Of several of the name the first counts. */
export function readCookie({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string | null {
  const prefix = `${name}=`;
  const found = (headers.cookie ?? '').split(';').find((pair) => pair.trim().startsWith(prefix));
  return found === undefined ? null : found.trim().slice(prefix.length);
}

/** Gives the browser a session. It ends with the browser, at the latest: no date. */
export function setSessionCookie(reply: FastifyReply, secret: string, isSecure: boolean): void {
  void reply.header('set-cookie', `${nameFor(isSecure)}=${secret}; ${attributesFor(isSecure)}`);
}

/** Takes it away again. */
export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  void reply.header('set-cookie', `${nameFor(isSecure)}=; Max-Age=0; ${attributesFor(isSecure)}`);
}
