import { malformedBody, routeNotFound, toCountersignError, toErrorResponse, withRequestId } from '@app/platform';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** The version of the public API: `Cko-Version` on every response. */
export const API_VERSION = '1.0.0';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Header names in exactly this case: two SDKs look them up case-sensitively (sessions-api.md section 2). */
function standardHeaders(requestId: string): Record<string, string> {
  return { 'Cko-Request-Id': requestId, 'Cko-Version': API_VERSION };
}

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
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      setStandardHeaders(reply, request.id);
      const { status, body } = toErrorResponse(toCountersignError(error), request.id);
      void reply.status(status).type(JSON_TYPE).send(JSON.stringify(body));
    },
    clientErrorHandler: answerBrokenRequest,
    // Node would answer in its own words; the hook below answers in ours.
    http: { requireHostHeader: false },
  });
  const fastify: FastifyInstance = adapter.getInstance();
  // On the raw response, because Fastify lower-cases the names it is given.
  fastify.addHook('onRequest', (request, reply, done) => {
    setStandardHeaders(reply, request.id);
    done(lacksHost(request) ? malformedBody() : undefined);
  });
  // After the body was read: the events of its stream would lose the context.
  fastify.addHook('preValidation', (request, _reply, done) => withRequestId(request.id, done));
  addParsers(fastify);
  return adapter;
}

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
    else void parseJson(request, body.toString('utf8'), (error, value) => done(error ? malformedBody() : null, value));
  });
  fastify.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      const fields = new URLSearchParams(body);
      const names = [...fields.keys()];
      // A repeated field is ambiguous to every reader: nothing on this server takes one.
      if (new Set(names).size !== names.length) done(malformedBody());
      else done(null, Object.fromEntries(fields));
    },
  );
}

/** What was not even HTTP, too slow or too long in its headers: answered on the bare socket, then closed. */
function answerBrokenRequest(this: unknown, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const problem = error.code === 'HPE_INVALID_METHOD' ? routeNotFound() : malformedBody();
  const { status, body } = toErrorResponse(problem, requestId);
  const text = JSON.stringify(body);
  const headers = {
    ...standardHeaders(requestId),
    'Content-Type': JSON_TYPE,
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', text].join('\r\n'));
}

/**
 * Bounds on what a slow or hostile client can hold: headers in time, no endless connections. An unknown `Expect` goes
 * unmet (RFC 9110 section 10.1.1) instead of being answered by Node in its own words.
 */
export function limitServer(server: Server): void {
  server.headersTimeout = 15_000;
  server.maxHeadersCount = 100;
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}
