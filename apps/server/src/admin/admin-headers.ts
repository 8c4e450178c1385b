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
