/** A load balancer as small as it can be: each request to the next replica; one that is not there is passed over. */
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way: which replica has it. */
export interface Passage {
  readonly number: number;
  readonly path: string;
  replica: string;
}

export class RoundRobin {
  /** Requests that a replica has taken and not answered yet. */
  readonly underWay = new Set<Passage>();
  /** How many requests each replica has answered, by its address. */
  readonly answered = new Map<string, number>();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly server: Server;
  /** How many requests have come so far; the next one gets this number. */
  begun = 0;

  /** `replicas` may be changed at any time; they need not all be up. */
  constructor(readonly replicas: string[]) {
    this.server = createServer((incoming, outgoing) => void this.pass(incoming, outgoing));
  }

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
    this.agent.destroy();
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const passage = { number: this.begun++, path: incoming.url ?? '', replica: '' };
    outgoing.setHeader('x-passage', String(passage.number));
    this.offer(passage, incoming, Buffer.concat(chunks), outgoing, 0);
  }

  // Only what no replica has seen may go to another one.
  private offer(
    passage: Passage,
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    tries: number,
  ): void {
    const replica = this.replicas[(passage.number + tries) % this.replicas.length] ?? '';
    passage.replica = replica;
    this.underWay.add(passage);
    let isConnected = false;
    const passed = request(`${replica}${passage.path}`, {
      method: incoming.method ?? 'GET',
      headers: incoming.headers,
      agent: this.agent,
    });
    passed.once('socket', (socket) => {
      isConnected = !socket.connecting;
      socket.once('connect', () => (isConnected = true));
    });
    passed.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders.concat(['x-replica', replica]));
      answer.pipe(outgoing);
      answer.once('end', () => this.underWay.delete(passage));
      answer.once('error', () => outgoing.destroy());
      this.answered.set(replica, (this.answered.get(replica) ?? 0) + 1);
    });
    passed.once('error', () => {
      this.underWay.delete(passage);
      if (outgoing.headersSent) outgoing.destroy();
      else if (!isConnected && tries + 1 < this.replicas.length)
        this.offer(passage, incoming, body, outgoing, tries + 1);
      else outgoing.writeHead(502, { 'x-replica': replica }).end();
    });
    passed.end(body);
  }
}
