import { Admission, forwardedFor, RateLimits, type Urgency } from '@app/platform';
import { HOSTED_PATH } from '@app/sessions';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Always answered: whoever watches must see an overload, not be part of it. */
const ALWAYS = /^\/(health\/|metrics$)/;
/** What directory servers, upstreams and returning browsers bring, and cardholders on their way. */
const NOTICES = /^\/(3ds|upstream|hosted)\//;
/** What merchants, their pages, cardholders and operators call, and the one place that costs a signature. */
const COUNTED = /^\/(sessions|tokens|instruments|hosted|connect\/token|admin\/api)(\/|$)/;
/** Open for long and idle nearly all the time: they have a bound of their own. */
const STREAMS: ReadonlySet<string> = new Set([`${HOSTED_PATH}/:link/events`]);
/** Where cards are handed over, of which a client has few. */
const CAPTURES = /^\/tokens$/;

/**
 * Puts rate limits and admission in front of every route but health and metrics. Register before the routes: it adds
 * hooks.
 */
export function guardFrontDoor(fastify: FastifyInstance, limits: RateLimits, admission: Admission): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = routeOf(request);
    if (ALWAYS.test(path)) return done();
    try {
      const client = [request.socket.remoteAddress, forwardedFor(request.headers)] as const;
      if (COUNTED.test(path)) limits.takeForAddress(...client);
      if (CAPTURES.test(path)) limits.takeForAddress(...client, 'card_addresses');
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
    if (ALWAYS.test(path) || STREAMS.has(path)) return done();
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

/** A worker is there for who watches it: nothing else is found at it. Register before the routes: it adds a hook. */
export function serveWatchersOnly(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const path = routeOf(request);
    if (path === '' || ALWAYS.test(path)) done();
    else reply.callNotFound();
  });
}

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? '';

const urgencyOf = (path: string): Urgency => (NOTICES.test(path) ? 'notice' : 'call');
