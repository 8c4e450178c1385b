import type { FastifyRequest } from 'fastify';
import type { AdminActor } from './actor';

/** Who stands behind a request to the admin API. `operators` knows; the server binds it. */
export interface AdminAuthentication {
  /**
   * Either a session cookie (then a request that changes something also needs its CSRF token) or a bearer token.
   * @throws Unauthenticated; NotAllowed `csrf_token_invalid`
   */
  authenticate(request: FastifyRequest): Promise<AdminActor>;
}

/** DI token of `AdminAuthentication`. */
export const ADMIN_AUTHENTICATION = Symbol('ADMIN_AUTHENTICATION');
