/** Stands between a connector and its upstream: counts, can be down, and can say something else than the upstream said. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/** A call as it came. */
export interface Passed {
  method: string;
  path: string;
  body: Json | null;
  /** What the upstream answered to it, where that was JSON. */
  answer?: Json;
}

export class UpstreamProxy {
  readonly passed: Passed[] = [];
  /** Changes what the upstream answered to a call of the API. */
  twist: ((answer: Json, call: Passed) => Json) | null = null;
  /** Changes what is sent on of a call. */
  rewrite: ((body: Json, call: Passed) => Json) | null = null;
  private server: Server | null = null;
  private port = 0;

  constructor(private readonly target: string) {}

  /** Listens; after `stop` on the same port as before. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Calls of this kind, in order. */
  calls(method: string, path: RegExp): Passed[] {
    return this.passed.filter((call) => call.method === method && path.test(call.path));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isJson = request.headers['content-type'] === 'application/json' && body.length > 0;
    const call: Passed = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: isJson ? (JSON.parse(body.toString()) as Json) : null,
    };
    this.passed.push(call);
    try {
      const answer = await fetch(this.target + call.path, {
        method: call.method,
        headers: kept(request),
        ...(body.length > 0
          ? { body: call.body && this.rewrite ? JSON.stringify(this.rewrite(call.body, call)) : body }
          : {}),
        redirect: 'manual',
      });
      const text = await answer.text();
      if (answer.ok && text.startsWith('{') && text.endsWith('}')) call.answer = JSON.parse(text) as Json;
      const twisted = this.twist !== null && call.answer ? JSON.stringify(this.twist(call.answer, call)) : text;
      const retryAfter = answer.headers.get('retry-after');
      // One connection per call: a test that stops the proxy must not leave a half-dead one to the next.
      response.writeHead(answer.status, {
        connection: 'close',
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
        ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
      });
      response.end(twisted);
    } catch {
      // The upstream broke the connection: so does what stands before it.
      response.destroy();
    }
  }
}

const HEADERS = ['authorization', 'content-type', 'accept'] as const;

function kept(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
