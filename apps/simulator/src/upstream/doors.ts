/** Further addresses of the simulator that can be shut: for an upstream that is not there at all. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { NotFound } from '@app/kernel';

/** A door and whether connections are taken. Shut, its port refuses them. */
export interface Door {
  readonly port: number;
  readonly url: string;
  readonly open: boolean;
}

const HOST = '127.0.0.1';

/** Listeners on ports of their own, in front of the same application. */
@Injectable()
export class Doors implements OnModuleDestroy {
  private readonly servers = new Map<number, Server | null>();

  constructor(private readonly adapter: HttpAdapterHost) {}

  /** A new door on a free port. */
  async add(): Promise<Door> {
    const port = await this.listen(0);
    return this.show(port);
  }

  /** Opens or shuts a door; shutting cuts its connections. */
  async set(port: number, open: boolean): Promise<Door> {
    if (!this.servers.has(port)) throw new NotFound('door');
    const server = this.servers.get(port) ?? null;
    if (open && server === null) await this.listen(port);
    if (!open && server !== null) await this.shut(port, server);
    return this.show(port);
  }

  async onModuleDestroy(): Promise<void> {
    await this.reset();
  }

  /** Shuts and forgets all. */
  async reset(): Promise<void> {
    await Promise.all([...this.servers].map(async ([port, server]) => server && (await this.shut(port, server))));
    this.servers.clear();
  }

  private show(port: number): Door {
    return { port, url: `http://${HOST}:${port}`, open: (this.servers.get(port) ?? null) !== null };
  }

  private async listen(wanted: number): Promise<number> {
    const application = this.adapter.httpAdapter.getHttpServer() as Server;
    const server = createServer((request, response) => void application.emit('request', request, response));
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(wanted, HOST, done);
    });
    const { port } = server.address() as AddressInfo;
    this.servers.set(port, server);
    return port;
  }

  private async shut(port: number, server: Server): Promise<void> {
    this.servers.set(port, null);
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  }
}
