import { CountersignError } from '@app/kernel';
import { malformedBody, routeNotFound, toErrorResponse, type AppConfig } from '@app/platform';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';

/** The version of the public API: `Cko-Version` on every response. */
export const API_VERSION = '1.0.0';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Of all headers of a request together. */
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;
/** How long a client has to take its last answer and close. */
const LINGER_MS = 2_000;
/** How often Node looks for requests that take too long. */
const CHECK_EVERY_MS = 1_000;

/** What every listener of ours is made with. */
export const SERVER_OPTIONS: ServerOptions = {
  // Node would answer in its own words; the front door answers in ours.
  requireHostHeader: false,
  maxHeaderSize: MAX_HEADER_BYTES,
  connectionsCheckingInterval: CHECK_EVERY_MS,
};

/** Header names in exactly this case: two SDKs look them up case-sensitively (sessions-api.md section 2). */
export function standardHeaders(requestId: string): Record<string, string> {
  return { 'Cko-Request-Id': requestId, 'Cko-Version': API_VERSION };
}

/** Node keeps the first of too many headers without a word; one that was dropped might have been the one that counts. */
export function hasTooManyHeaders({ rawHeaders }: IncomingMessage): boolean {
  return rawHeaders.length > 2 * MAX_HEADERS;
}

const PROBLEMS: Record<string, () => CountersignError> = {
  HPE_INVALID_METHOD: routeNotFound,
  ERR_HTTP_REQUEST_TIMEOUT: () => new CountersignError('too_slow', ['request_timeout'], 'The request took too long'),
};

/** What was not even HTTP, too slow or too long in its headers: answered on the bare socket, then closed. */
export function answerBrokenRequest(this: unknown, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  endWith(PROBLEMS[error.code ?? '']?.() ?? malformedBody(), socket);
}

function endWith(problem: CountersignError, socket: Socket): void {
  const requestId = randomUUID();
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
  // Whoever keeps its side open would also keep open what it had begun on this connection.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

type Limits = Pick<AppConfig['http'], 'headersTimeoutMs' | 'requestTimeoutMs' | 'idleTimeoutMs' | 'maxConnections'>;

/**
 * Bounds on what slow, hostile or many clients can hold. An unknown `Expect` goes unmet (RFC 9110 section 10.1.1) instead of
 * being answered by Node in its own words.
 */
export function limitServer(server: Server, limits: Limits): void {
  rememberConnections(server);
  server.headersTimeout = limits.headersTimeoutMs;
  server.requestTimeout = limits.requestTimeoutMs;
  server.keepAliveTimeout = limits.idleTimeoutMs;
  // Nothing moves at all: the other end may be gone without a word.
  server.timeout = limits.requestTimeoutMs + limits.idleTimeoutMs;
  server.maxConnections = limits.maxConnections;
  // One more than allowed, so that there is something to refuse.
  server.maxHeadersCount = MAX_HEADERS + 1;
  // We are no proxy: like any other method that we do not have. Without a listener Node hangs up without a word.
  server.on('connect', (_request, socket: Socket) => endWith(routeNotFound(), socket));
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/** How often a server that closes looks for connections that have become idle. */
const LOOK_EVERY_MS = 50;
/** How long a connection that has brought nothing may still bring its first request. */
const FIRST_REQUEST_WITHIN_MS = 1_000;

/** The open connections of each server of ours, which Node does not tell. */
const connectionsOf = new WeakMap<Server, Set<Socket>>();

function rememberConnections(server: Server): void {
  const connections = new Set<Socket>();
  connectionsOf.set(server, connections);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
}

/**
 * Closes a server by `close`, which waits for its connections. One that had a request in flight when the server stopped listening
 * is idle after the answer, and would be waited for until its time is over, while nobody is let in. One that was opened ahead of
 * need, as browsers do, has brought nothing yet: Node takes it for a request that has begun, and would wait for it as well. It
 * has a moment, as its first request may be on its way.
 */
export async function closeWithoutIdling(server: Server, close: () => Promise<unknown>): Promise<void> {
  let stoppedAt: number | undefined;
  const looking = setInterval(() => {
    if (server.listening) return;
    server.closeIdleConnections();
    stoppedAt ??= performance.now();
    // Not at once: what came while the process was busy is read between its timers and its immediates.
    if (performance.now() - stoppedAt >= FIRST_REQUEST_WITHIN_MS) setImmediate(endSilentConnections, server);
  }, LOOK_EVERY_MS);
  try {
    await close();
  } finally {
    clearInterval(looking);
  }
}

function endSilentConnections(server: Server): void {
  for (const socket of connectionsOf.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
}
