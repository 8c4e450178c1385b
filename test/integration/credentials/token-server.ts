/** An upstream's token endpoint over real HTTP: knows clients by their secrets, and can be told to misbehave. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class TokenServer {
  /** Client ids and their secrets. */
  readonly clients = new Map<string, string>();
  /** Forms that came, oldest first. */
  readonly asked: URLSearchParams[] = [];
  /** In place of the usual answer. */
  misbehave: ((response: ServerResponse) => void) | null = null;

  private readonly server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      this.asked.push(form);
      if (this.misbehave) return this.misbehave(response);
      const isKnown = this.clients.get(form.get('client_id') ?? '') === form.get('client_secret');
      const isGranted = !(form.get('scope') ?? '').includes('vault');
      if (!isKnown) return json(response, 400, { error: 'invalid_client' });
      if (!isGranted) return json(response, 400, { error: 'invalid_scope' });
      return json(response, 200, { access_token: 'token-1', token_type: 'Bearer', expires_in: 3600 });
    });
  });

  async listen(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
