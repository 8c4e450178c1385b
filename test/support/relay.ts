/** A wire between a program and a server that can be cut and mended: what is away while it is cut. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Relay {
  /** Connections that were refused while it was cut. */
  refused = 0;
  private readonly ends = new Set<Socket>();
  private isCut = false;
  private lost: Buffer | null = null;

  private constructor(
    private readonly target: { host: string; port: number },
    private readonly server: Server,
  ) {}

  /** Relays to the server of a connection string; gives the string that leads through the wire. */
  static async to(url: string): Promise<{ relay: Relay; url: string }> {
    const through = new URL(url);
    const server = createServer();
    const relay = new Relay({ host: through.hostname, port: Number(through.port) }, server);
    server.on('connection', (near) => relay.take(near));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { relay, url: through.toString() };
  }

  /** Breaks what stands and refuses what comes. */
  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  /** Takes connections again. */
  mend(): void {
    this.isCut = false;
  }

  /** The next request that has this text in it arrives, and its connection breaks instead of bringing the answer. */
  loseAnswerTo(text: string): void {
    this.lost = Buffer.from(text);
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.cut();
    await closed;
  }

  private take(near: Socket): void {
    if (this.isCut) {
      this.refused++;
      near.destroy();
      return;
    }
    const far = connect(this.target);
    for (const end of [near, far]) {
      this.ends.add(end);
      const other = end === near ? far : near;
      end.on('error', () => undefined);
      end.on('close', () => {
        this.ends.delete(end);
        other.destroy();
      });
    }
    let isDeaf = false;
    near.on('data', (asked) => {
      if (this.lost !== null && asked.includes(this.lost)) [isDeaf, this.lost] = [true, null];
      far.write(asked);
    });
    far.on('data', (answer) => (isDeaf ? far.destroy() : near.write(answer)));
  }
}
