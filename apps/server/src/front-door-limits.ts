import { Admission, RateLimits, type Urgency } from '@app/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Always answered: whoever watches must see an overload, not be part of it. */
const ALWAYS = /^\/(health\/|metrics$)/;
/** What directory servers, upstreams and returning browsers bring. */
const NOTICES = /^\/(3ds|upstream)\//;
/** What merchants and operators call, and the one place that costs a signature. */
const COUNTED = /^\/(sessions|connect\/token|admin\/api)(\/|$)/;

/**
 * Puts rate limits and admission in front of every route but health and metrics. Register before the routes: it adds
 * hooks.
 */
export function guardFrontDoor(fastify: FastifyInstance, limits: RateLimits, admission: Admission): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = routeOf(request);
    if (ALWAYS.test(path)) return done();
    try {
      if (COUNTED.test(path)) limits.takeForAddress(request.socket.remoteAddress, forwardedFor(request));
      // Before the body is read: what is refused anyway is not worth reading.
      admission.assertRoom(urgencyOf(path));
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  // Counted from here on: a slow client's half-sent body is no work yet.
  fastify.addHook('preValidation', (request, reply, done) => {
    const path = routeOf(request);
    if (ALWAYS.test(path)) return done();
    try {
      admission.assertRoom(urgencyOf(path));
    } catch (error) {
      return done(error as Error);
    }
    // A client that is gone already will not be gone again.
    if (!reply.raw.closed) {
      admission.entered();
      reply.raw.once('close', () => admission.left());
    }
    done();
  });
}

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? '';

const urgencyOf = (path: string): Urgency => (NOTICES.test(path) ? 'notice' : 'call');

/** Several headers of the name come joined by Node. */
function forwardedFor(request: FastifyRequest): string | undefined {
  const value = request.headers['x-forwarded-for'];
  return Array.isArray(value) ? value.join(',') : value;
}
