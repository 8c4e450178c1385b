import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { MerchantAddresses } from './merchant-addresses';
import { OutboundFailure, OutboundHttp } from './outbound-http';

describe('outbound HTTP', () => {
  const http = new OutboundHttp(new MerchantAddresses({ demo: true }));
  const servers: Server[] = [];

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function failureOf(call: Promise<unknown>): Promise<{ reason: string; requestSent: boolean }> {
    const error = await call.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof OutboundFailure)) throw new Error(`Not an outbound failure: ${String(error)}`);
    return { reason: error.reason, requestSent: error.requestSent };
  }

  const get = (url: string, timeoutMs = 2000, maxBytes?: number) =>
    http.request({ method: 'GET', url, timeoutMs, ...(maxBytes !== undefined && { maxBytes }) });

  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  afterAll(() => http.onApplicationShutdown());

  it('keeps connections, but takes one of its own where that is asked for', async () => {
    const ports: (number | undefined)[] = [];
    const url = await serve((request, response) => {
      ports.push(request.socket.remotePort);
      response.end();
    });

    for (const fresh of [false, false, true, true]) {
      await http.request({ method: 'PUT', url, timeoutMs: 2000, fresh });
      // The connection is free again a turn after the answer was read.
      await setImmediate();
    }

    expect(ports[1]).toBe(ports[0]);
    expect(new Set(ports).size).toBe(3);
  });

  it('sends method, headers and body and gives status, headers and body', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(418, {
          'X-Seen': `${request.method} ${String(request.headers['x-a'])}`,
          'Set-Cookie': ['a', 'b'],
        });
        response.end(Buffer.concat(chunks));
      });
    });

    const answer = await http.request({
      method: 'POST',
      url,
      headers: { 'x-a': '1' },
      body: 'Käse',
      timeoutMs: 2000,
    });

    expect(answer.status).toBe(418);
    expect(answer.headers).toMatchObject({ 'x-seen': 'POST 1', 'set-cookie': 'a, b' });
    expect(answer.body.toString()).toBe('Käse');
    expect(answer.latencyMs).toBeGreaterThan(0);
  });

  it('tells a refused connection, which nothing reached', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));

    expect(await failureOf(get(url))).toEqual({ reason: 'refused', requestSent: false });
  });

  it('tells a host that does not exist, which nothing reached', async () => {
    expect(await failureOf(get('http://no-such-host.invalid/'))).toEqual({
      reason: 'unresolvable',
      requestSent: false,
    });
  });

  it.each(['', 'nonsense', '/relative', 'ftp://127.0.0.1/', 'http://'])(
    'tells that "%s" is no address',
    async (url) => {
      expect(await failureOf(get(url))).toEqual({ reason: 'invalid_url', requestSent: false });
    },
  );

  it('gives up on a server that does not answer', async () => {
    const url = await serve(() => undefined);
    const startedAt = performance.now();

    expect(await failureOf(get(url, 200))).toEqual({ reason: 'timeout', requestSent: true });
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  it('gives up on a server that drips its answer for ever', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });

    expect(await failureOf(get(url, 300))).toEqual({ reason: 'timeout', requestSent: true });
  });

  it('tells an answer that was cut in the middle', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });

    expect(await failureOf(get(url))).toEqual({ reason: 'cut', requestSent: true });
  });

  it('tells a connection that was cut before any answer', async () => {
    const url = await serve((request) => request.socket.destroy());

    expect(await failureOf(get(url))).toEqual({ reason: 'cut', requestSent: true });
  });

  it('takes no more than it was told to', async () => {
    const url = await serve((_, response) => response.end(Buffer.alloc(101)));

    expect((await get(url, 2000, 101)).body).toHaveLength(101);
    expect(await failureOf(get(url, 2000, 100))).toEqual({ reason: 'too_large', requestSent: true });
  });

  it('does not follow a redirect', async () => {
    let followed = false;
    const url = await serve((request, response) => {
      if (request.url === '/next') followed = true;
      response.writeHead(302, { location: '/next' }).end();
    });

    expect((await get(url)).status).toBe(302);
    expect(followed).toBe(false);
  });

  it('does not name the address in a failure', async () => {
    const error = await get('http://user:hunter2@no-such-host.invalid/').catch((thrown: unknown) => thrown);

    expect((error as Error).message).not.toMatch(/hunter2|no-such-host/);
  });
});
