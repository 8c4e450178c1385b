/** A wire between a program and a server that can be cut and mended: what is away while it is cut. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Postgres' ReadyForQuery outside transactions, and the error of a backend whose postmaster is gone. */
const READY = Buffer.from('Z\0\0\0\x05I', 'latin1');
const GOING_DOWN = errorResponse({ S: 'FATAL', C: '57P01', M: 'terminating connection' });

export class Relay {
  /** Connections that were refused while it was cut. */
  refused = 0;
  private readonly ends = new Set<Socket>();
  private isCut = false;
  private isDoomed = false;
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

  /** The next connection is told, in one breath, that it is ready and that its server is going down. */
  doomNext(): void {
    this.isDoomed = true;
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
    const lastWords = this.isDoomed ? GOING_DOWN : null;
    this.isDoomed = false;
    far.on('data', (answer) => {
      if (isDeaf) return far.destroy();
      if (lastWords === null || !answer.subarray(-READY.length).equals(READY)) return near.write(answer);
      near.write(Buffer.concat([answer, lastWords]));
      return far.destroy();
    });
  }
}

function errorResponse(fields: Record<string, string>): Buffer {
  const text = Object.entries(fields).map(([code, value]) => `${code}${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
