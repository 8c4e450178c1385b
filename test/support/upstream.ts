/** The scripted Checkout.com's handles: its control, a plain client of its API, and a receiver for its webhooks. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Body } from './api';

/** What `/upstream` answered; `text` where it was no JSON. */
export interface UpstreamReply {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

/** A client of one simulator. `base` is the address in front of `/upstream` and `/control`. */
export class UpstreamHandles {
  constructor(readonly base: string) {}

  /** A call of `/control/upstream`; throws for what is not 2xx. */
  async control(method: string, path: string, body?: unknown): Promise<Body> {
    const reply = await this.send(method, `/control/upstream${path}`, {}, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body;
  }

  /** Replaces all faults. */
  async faults(...faults: object[]): Promise<void> {
    await this.control('PUT', '/faults', { faults, seed: 1 });
  }

  /** A token request with form fields. */
  token(clientId: string, clientSecret: string, scope = 'sessions:app sessions:browser'): Promise<UpstreamReply> {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
    return this.post('/upstream/connect/token', new URLSearchParams(form));
  }

  /** A form post that follows no redirect. */
  async post(path: string, form: URLSearchParams): Promise<UpstreamReply> {
    const url = path.startsWith('http') ? path : this.base + path;
    return read(await fetch(url, { method: 'POST', body: form, redirect: 'manual' }));
  }

  /** Any call with a JSON body. */
  async send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<UpstreamReply> {
    const content = body === undefined ? {} : { 'content-type': 'application/json' };
    return read(
      await fetch(this.base + path, {
        method,
        headers: { ...content, ...headers },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  }
}

async function read(response: Response): Promise<UpstreamReply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Something that was posted to the receiver. */
export interface Posted {
  headers: IncomingHttpHeaders;
  text: string;
}

/** Takes whatever is posted to it and answers `status`. */
export class Receiver {
  readonly posted: Posted[] = [];
  status = 200;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.posted.push({ headers: request.headers, text: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(this.status).end();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((done) => receiver.server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }
}
