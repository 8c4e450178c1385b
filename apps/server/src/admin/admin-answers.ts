import { safeToShow } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

const ADMIN_API = '/admin/api/';

/** Of every answer of the admin API, refusals included: for the one who asked, and nothing that a browser keeps or renders. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Adds the headers that answers of the admin API have. */
export function guardAdminAnswers(request: FastifyRequest, reply: FastifyReply): void {
  if (request.url.startsWith(ADMIN_API)) void reply.headers(HEADERS);
}

/** The one route that tells whole card numbers: those of the simulator, which are published. */
const PUBLISHED = `${ADMIN_API}simulator`;

/**
 * What an answer of the admin API says, as it may be shown. By its route, as an address can be written in many ways; a file
 * that is streamed looks after itself.
 */
export function showSafely({ routeOptions: { url } }: FastifyRequest, payload: unknown): unknown {
  return url?.startsWith(ADMIN_API) && url !== PUBLISHED ? safeToShow(payload) : payload;
}
