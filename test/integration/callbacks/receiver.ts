/** A merchant's callback receiver over real HTTP that answers as it is told and remembers what it got. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

export const answers =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end();

/** Takes the request and never answers. */
export const isSilent: Behaviour = () => undefined;

/** Cuts the connection before an answer. */
export const cuts: Behaviour = (_, request) => request.socket.destroy();

/** Says 200 and cuts the connection in the middle of the body. */
export const cutsInTheMiddle: Behaviour = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('half');
  setTimeout(() => response.destroy(), 10);
};

/** Answers something that is not HTTP. */
export const isGarbage: Behaviour = (_, request) => request.socket.end('SMTP ready\r\n\r\n');

/** Answers as `then` does, after `ms`. */
export const after =
  (ms: number, then: Behaviour): Behaviour =>
  (response, request) =>
    void setTimeout(() => then(response, request), ms);

export class Receiver {
  readonly received: Received[] = [];
  behaviour: Behaviour = answers(204);

  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      this.received.push({ path: request.url ?? '', headers: request.headers, body });
      this.behaviour(response, request);
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callback`;
  }

  /** The only request that came; throws when there were none or more. */
  get only(): Received {
    const [first, ...others] = this.received;
    if (!first || others.length > 0) throw new Error(`Expected one request, got ${this.received.length}`);
    return first;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.received.length = 0;
    this.behaviour = answers(204);
  }
}
