import { METHOD_NOTIFICATION_PATH } from '@app/authentication-port';
import { NOTIFICATION_PATH } from '@app/connector-emv3ds';
import { CountersignError } from '@app/kernel';
import { inTurn, malformedBody, toCountersignError, toErrorResponse, withRequestId } from '@app/platform';
import { HOSTED_PATH } from '@app/sessions';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { guardAdminAnswers, showSafely } from './admin/admin-answers';
import { letBrowsersRead } from './browser/cross-origin';
import {
  answerBrokenRequest,
  hasTooManyHeaders,
  JSON_TYPE,
  SERVER_OPTIONS,
  standardHeaders,
} from './front-door-server';

export { API_VERSION } from './front-door-server';

/**
 * The HTTP adapter: ids and standard headers on every response, JSON errors for every broken request, JSON bodies kept
 * raw beside the parsed ones, empty JSON bodies accepted, forms as objects of text.
 */
export function createFrontDoor(limits: { bodyLimitBytes: number }): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyLimitBytes,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      setStandardHeaders(reply, request.id);
      const { status, body } = toErrorResponse(toCountersignError(error), request.id);
      void reply.status(status).type(JSON_TYPE).send(JSON.stringify(body));
    },
    clientErrorHandler: answerBrokenRequest,
    http: SERVER_OPTIONS,
  });
  const fastify: FastifyInstance = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    if (SMALL_BODIES.test(route.url)) route.bodyLimit = SMALL_BODY_BYTES;
  });
  // On the raw response, because Fastify lower-cases the names it is given.
  fastify.addHook('onRequest', (request, reply, done) => {
    setStandardHeaders(reply, request.id);
    letBrowsersRead(request, reply);
    guardAdminAnswers(request, reply);
    done(lacksHost(request) || hasTooManyHeaders(request.raw) ? malformedBody() : undefined);
  });
  // After the body was read: the events of its stream would lose the context.
  fastify.addHook('preValidation', (request, _reply, done) => withRequestId(request.id, done));
  fastify.addHook('preSerialization', (request, _reply, payload, done) => done(null, showSafely(request, payload)));
  addParsers(fastify);
  return adapter;
}

/** Where anybody's browser may post, and has little to say. */
const SMALL_BODIES = new RegExp(`^(/tokens$|${HOSTED_PATH}/)`);
const SMALL_BODY_BYTES = 16 * 1024;

/** Who takes forms: the token endpoints (RFC 6749), and browsers that come back from an issuer's pages. */
const FORM_ROUTES = new Set([
  '/connect/token',
  '/admin/api/auth/token',
  METHOD_NOTIFICATION_PATH,
  NOTIFICATION_PATH,
  `${HOSTED_PATH}/:link/continue`,
  `${HOSTED_PATH}/:link/leave`,
]);
/** Forms here have a handful; each costs more than its bytes. */
const MAX_FORM_FIELDS = 100;

function setStandardHeaders(reply: FastifyReply, requestId: string): void {
  for (const [name, value] of Object.entries(standardHeaders(requestId))) reply.raw.setHeader(name, value);
}

/** HTTP/1.1 demands a host (RFC 9112 section 3.2). */
function lacksHost({ raw }: FastifyRequest): boolean {
  return raw.httpVersion === '1.1' && raw.headers.host === undefined;
}

function addParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    (request as FastifyRequest & { rawBody?: Buffer }).rawBody = body;
    // SDKs send this content type with nothing behind it (sessions-api.md section 11, item 2).
    if (body.length === 0) done(null, undefined);
    else
      inTurn(body.length, () => {
        void parseJson(request, body.toString('utf8'), (error, value) => done(error ? malformedBody() : null, value));
      });
  });
  fastify.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      const route = request.routeOptions.url;
      // Without a route it is not found, whatever it holds.
      if (route !== undefined && !FORM_ROUTES.has(route)) {
        return done(new CountersignError('unsupported_media_type', ['content_type_invalid'], 'No form is taken here'));
      }
      if (body.split('&', MAX_FORM_FIELDS + 1).length > MAX_FORM_FIELDS) return done(malformedBody());
      const fields = new URLSearchParams(body);
      const names = [...fields.keys()];
      // A repeated field is ambiguous to every reader: nothing on this server takes one.
      if (new Set(names).size !== names.length) done(malformedBody());
      else inTurn(body.length, () => done(null, Object.fromEntries(fields)));
    },
  );
}
