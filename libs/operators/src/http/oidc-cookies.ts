import type { FastifyReply, FastifyRequest } from 'fastify';
import { OIDC_RETURN_PATH, OIDC_SECOND_FACTOR_PATH } from '../domain/console-addresses';
import { TICKET_LIFE_MS } from '../oidc/oidc-tickets.service';
import { readCookie } from './session-cookie';

/** Where a browser keeps a ticket: for one address of ours only, and whether it comes along from another site. */
const TICKETS = {
  // The provider's page leads here, which is another site: a Strict cookie would stay behind. A return changes nothing but
  // who is signed in, and proves itself by this cookie.
  begun: { name: 'countersign_oidc', path: OIDC_RETURN_PATH, sameSite: 'Lax' },
  recognised: { name: 'countersign_oidc_factor', path: OIDC_SECOND_FACTOR_PATH, sameSite: 'Strict' },
} as const;

/** Over https browsers take names with this beginning by https only (RFC 6265bis); `__Host-` would allow no path. */
const nameFor = (stage: keyof typeof TICKETS, isSecure: boolean): string =>
  `${isSecure ? '__Secure-' : ''}${TICKETS[stage].name}`;

/** Where we are, as browsers see it: whether by https, and the path that stands before all of ours. */
export interface Place {
  readonly isSecure: boolean;
  readonly pathPrefix: string;
}

/** The ticket that a request brings; null where there is none. */
export function readTicket(request: FastifyRequest, stage: keyof typeof TICKETS, { isSecure }: Place): string | null {
  return readCookie(request, nameFor(stage, isSecure));
}

/** Gives the browser a ticket, for as long as it is good. */
export function setTicket(reply: FastifyReply, stage: keyof typeof TICKETS, ticket: string, place: Place): void {
  write(reply, stage, ticket, Math.floor(TICKET_LIFE_MS[stage] / 1_000), place);
}

/** Takes it away again. */
export function clearTicket(reply: FastifyReply, stage: keyof typeof TICKETS, place: Place): void {
  write(reply, stage, '', 0, place);
}

function write(
  reply: FastifyReply,
  stage: keyof typeof TICKETS,
  value: string,
  maxAgeSeconds: number,
  { isSecure, pathPrefix }: Place,
): void {
  const { path, sameSite } = TICKETS[stage];
  const attributes = `Path=${pathPrefix}${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=${sameSite}`;
  void reply.header('set-cookie', `${nameFor(stage, isSecure)}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`);
}
