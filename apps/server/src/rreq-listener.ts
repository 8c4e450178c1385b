import { RREQ_ROUTES } from '@app/connector-emv3ds';
import type { AppConfig } from '@app/platform';
import type { FastifyInstance } from 'fastify';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBrokenRequest, closeWithoutIdling, limitServer, SERVER_OPTIONS } from './front-door-server';

/**
 * A listener of its own for result requests (RREQ_PORT), so that mutual TLS can stand in front of it and of nothing
 * else. What comes there goes through the same front door; from then on the main port does not serve that path, or it
 * would be a way around. Register before the routes: it adds a hook.
 */
export class RReqListener {
  private server: Server | null = null;
  private port = 0;

  constructor(
    private readonly fastify: FastifyInstance,
    private readonly wanted: number,
    private readonly limits: AppConfig['http'],
  ) {
    fastify.addHook('onRequest', (request, reply, done) => {
      // The route that was found, not the address as written: there are many ways to write one.
      const isResult = RREQ_ROUTES.includes(request.routeOptions.url ?? '');
      if (isResult === (request.socket.localPort === this.port)) done();
      else reply.callNotFound();
    });
  }

  /** Listens on `host`; gives the port, which is a free one when 0 was wanted. Call it once the application is ready. */
  async listen(host: string): Promise<number> {
    const server = createServer(SERVER_OPTIONS, (request, response) => this.fastify.routing(request, response));
    server.on('clientError', answerBrokenRequest);
    limitServer(server, this.limits);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.wanted, host, resolve);
    });
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    return this.port;
  }

  /** Stops taking requests and waits for those in flight. */
  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    await closeWithoutIdling(server, () => new Promise((closed) => server.close(closed)));
  }
}
