/** A proxy that shows a server below a path of its own, and nothing beside it. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class PathProxy {
  /** What was asked for that is not below the path. */
  readonly strays: string[] = [];
  /** The server behind it. */
  target = '';

  private constructor(
    private readonly server: Server,
    private readonly prefix: string,
  ) {}

  /** `prefix` begins with a slash and ends without one. The caller names the target before anybody comes. */
  static async start(prefix: string): Promise<PathProxy> {
    const server = createServer();
    const proxy = new PathProxy(server, prefix);
    server.on('request', (incoming, outgoing) => proxy.pass(incoming, outgoing));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.prefix}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { url = '/', method, headers } = incoming;
    if (!url.startsWith(`${this.prefix}/`)) {
      this.strays.push(url);
      outgoing.writeHead(404).end();
      return;
    }
    const onwards = request(this.target + url.slice(this.prefix.length), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onwards.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onwards.destroy());
    incoming.pipe(onwards);
  }
}
