/** A directory server that answers what a test tells it to, over real HTTP, and remembers what it was sent. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A received message as it came. */
export type Received = Readonly<Record<string, unknown>>;

/** What happens to one request: an answer, silence, or a broken connection. */
export type Reply =
  { kind: 'answer'; status: number; contentType: string; body: string } | { kind: 'silence' } | { kind: 'cut' };

export type Behaviour = (message: Received) => Reply;

/** A message as the answer; objects are written as JSON, text goes as it is. */
export const answering =
  (body: object | string | ((message: Received) => object), status = 200): Behaviour =>
  (message) => {
    const content: object | string =
      typeof body === 'function' ? (body as (message: Received) => object)(message) : body;
    const text: string = typeof content === 'string' ? content : JSON.stringify(content);
    return { kind: 'answer', status, contentType: 'application/json; charset=utf-8', body: text };
  };

export const page =
  (html: string, status = 200): Behaviour =>
  () => ({ kind: 'answer', status, contentType: 'text/html', body: html });

export const silence: Behaviour = () => ({ kind: 'silence' });
export const cut: Behaviour = () => ({ kind: 'cut' });

export class FakeDirectoryServer {
  readonly received: Received[] = [];
  private server: Server | null = null;
  private port = 0;
  private behaviour: Behaviour = answering({});

  /** Listens; after `stop` on the same port as before, so that its address stays good. */
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
    return `http://127.0.0.1:${this.port}/ds`;
  }

  /** What every request gets from now on. An Erro that reports something is always taken silently. */
  behave(behaviour: Behaviour): void {
    this.behaviour = behaviour;
  }

  receivedOf(messageType: string): Received[] {
    return this.received.filter((message) => message['messageType'] === messageType);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = JSON.parse(Buffer.concat(chunks).toString()) as Received;
    this.received.push(message);
    const reply: Reply =
      message['messageType'] === 'Erro'
        ? { kind: 'answer', status: 200, contentType: 'text/plain', body: '' }
        : this.behaviour(message);
    if (reply.kind === 'cut') response.destroy();
    if (reply.kind !== 'answer') return;
    // One connection per call: a test that restarts the server must not meet an old one.
    response.writeHead(reply.status, { 'content-type': reply.contentType, connection: 'close' });
    response.end(reply.body);
  }
}
