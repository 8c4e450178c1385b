import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { ForbiddenAddress, MerchantAddresses } from './merchant-addresses';
import { isPublicAddress } from './public-internet';
import { OutboundFailure, OutboundHttp } from './outbound-http';

/** Two places on this machine: one stands for the public internet, the other for the private network behind us. */
const OUTSIDE = '127.0.0.2';
const INSIDE = '127.0.0.1';
const isPublic = (address: string): boolean => address === OUTSIDE;

/** A resolver that answers as it is told, one answer a question; the last one for ever. */
class FakeDns {
  asked = 0;

  constructor(private readonly answers: readonly (readonly string[])[]) {}

  readonly resolve = (
    _hostname: string,
    _options: object,
    done: (error: null, addresses: LookupAddress[]) => void,
  ): void => {
    const answer = this.answers[Math.min(this.asked++, this.answers.length - 1)] ?? [];
    setImmediate(() =>
      done(
        null,
        answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );
  };
}

interface Place {
  server: Server;
  port: number;
  connections: number;
  requests: string[];
}

const places: Place[] = [];

async function listen(host: string, port = 0): Promise<Place> {
  const server = createServer((incoming, response) => {
    place.requests.push(incoming.url ?? '');
    response.end(host);
  });
  const place: Place = { server, port: 0, connections: 0, requests: [] };
  server.on('connection', () => place.connections++);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  place.port = (server.address() as AddressInfo).port;
  places.push(place);
  return place;
}

/** The same port outside and inside, so that only the address tells them apart. */
async function bothSides(): Promise<{ outside: Place; inside: Place; port: number }> {
  for (;;) {
    const outside = await listen(OUTSIDE);
    // What is free outside may be somebody's inside.
    const inside = await listen(INSIDE, outside.port).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return null;
      throw error;
    });
    if (inside !== null) return { outside, inside, port: outside.port };
  }
}

const agents: Agent[] = [];

function agentWith(dns: FakeDns): Agent {
  const addresses = new MerchantAddresses({ demo: false }, { resolve: dns.resolve, isPublic });
  const agent = new Agent({ connect: addresses.connector({ timeout: 1000 }) });
  agents.push(agent);
  return agent;
}

async function get(dispatcher: Agent, url: string): Promise<string> {
  const { body } = await request(url, { dispatcher });
  return body.text();
}

afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.destroy();
  for (const { server } of places.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('a connection to an address that a merchant gave', () => {
  it('is made where the name leads outside', async () => {
    const { port, inside } = await bothSides();

    expect(await get(agentWith(new FakeDns([[OUTSIDE]])), `http://shop.example:${port}/`)).toBe(OUTSIDE);
    expect(inside.connections).toBe(0);
  });

  it('is not made where the name leads inside: not even a handshake', async () => {
    const { port, inside } = await bothSides();

    await expect(get(agentWith(new FakeDns([[INSIDE]])), `http://shop.example:${port}/`)).rejects.toThrow(
      ForbiddenAddress,
    );
    expect(inside.connections).toBe(0);
  });

  it.each([[[INSIDE, OUTSIDE]], [[OUTSIDE, INSIDE]], [['::1', OUTSIDE, '10.0.0.1']]])(
    'is made to the public one of several addresses (%s)',
    async (answer) => {
      const { port, inside } = await bothSides();

      expect(await get(agentWith(new FakeDns([answer])), `http://shop.example:${port}/`)).toBe(OUTSIDE);
      expect(inside.connections).toBe(0);
    },
  );

  it('is looked at again each time: a name that is rebound leads nowhere', async () => {
    const { port, inside, outside } = await bothSides();
    const dns = new FakeDns([[OUTSIDE], [INSIDE]]);
    const agent = agentWith(dns);

    expect(await get(agent, `http://shop.example:${port}/1`)).toBe(OUTSIDE);
    outside.server.closeAllConnections();
    await expect(get(agent, `http://shop.example:${port}/2`)).rejects.toThrow(ForbiddenAddress);
    expect(dns.asked).toBe(2);
    expect(inside.connections).toBe(0);
  });

  it('asks once per connection, so that what was checked is what is called', async () => {
    const { port } = await bothSides();
    const dns = new FakeDns([[OUTSIDE], [INSIDE]]);

    expect(await get(agentWith(dns), `http://shop.example:${port}/`)).toBe(OUTSIDE);
    expect(dns.asked).toBe(1);
  });

  it('carries nothing when it got inside by a way that asks no name', async () => {
    const { port, inside } = await bothSides();

    await expect(get(agentWith(new FakeDns([])), `http://${INSIDE}:${port}/secret`)).rejects.toThrow(ForbiddenAddress);
    expect(inside.requests).toEqual([]);
  });

  it('begins no TLS inside', async () => {
    let bytes = 0;
    const server = createTcpServer((socket) => socket.on('data', (chunk) => (bytes += chunk.length)));
    await new Promise<void>((resolve) => server.listen(0, INSIDE, resolve));
    const { port } = server.address() as AddressInfo;

    await expect(get(agentWith(new FakeDns([[INSIDE]])), `https://shop.example:${port}/`)).rejects.toThrow(
      ForbiddenAddress,
    );
    expect(bytes).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });

  it('does not follow a redirect inside', async () => {
    const { port, inside, outside } = await bothSides();
    outside.server.removeAllListeners('request');
    outside.server.on('request', (_, response) =>
      response.writeHead(302, { location: `http://${INSIDE}:${port}/admin` }).end(),
    );

    await get(agentWith(new FakeDns([[OUTSIDE]])), `http://shop.example:${port}/`);

    expect(inside.connections).toBe(0);
  });
});

describe('outbound calls', () => {
  const failureOf = async (call: Promise<unknown>): Promise<OutboundFailure> => {
    const error = await call.catch((thrown: unknown) => thrown);
    if (!(error instanceof OutboundFailure)) throw new Error(`Not a failure: ${String(error)}`);
    return error;
  };

  const production = (dns: FakeDns): OutboundHttp =>
    new OutboundHttp(new MerchantAddresses({ demo: false }, { resolve: dns.resolve, isPublic: isPublicAddress }));

  it.each(['http://shop.example/', 'https://127.0.0.1/', 'https://[::ffff:7f00:1]/', 'https://localhost/'])(
    'to %s are forbidden without asking anybody',
    async (url) => {
      const dns = new FakeDns([[INSIDE]]);
      const http = production(dns);

      const failure = await failureOf(http.request({ method: 'POST', url, body: '{}', timeoutMs: 1000 }));

      expect(failure).toMatchObject({ reason: 'forbidden_address', requestSent: false });
      expect(dns.asked).toBe(0);
      await http.onApplicationShutdown();
    },
  );

  it.each([INSIDE, '::1', '169.254.169.254', '10.0.0.1', 'fd00::1'])(
    'to a name that leads to %s are forbidden, and nothing was sent',
    async (address) => {
      const http = production(new FakeDns([[address]]));

      const failure = await failureOf(
        http.request({ method: 'POST', url: 'https://shop.example/', body: '{}', timeoutMs: 1000 }),
      );

      expect(failure).toMatchObject({ reason: 'forbidden_address', requestSent: false });
      expect(failure.message).not.toContain(address);
      await http.onApplicationShutdown();
    },
  );

  it('to addresses of the operator go anywhere', async () => {
    const { port } = await listen(INSIDE);
    const http = production(new FakeDns([]));

    const answer = await http.request({
      method: 'GET',
      url: `http://${INSIDE}:${port}/`,
      chosenBy: 'operator',
      timeoutMs: 1000,
    });

    expect(answer.status).toBe(200);
    await http.onApplicationShutdown();
  });

  it('go anywhere in demo mode', async () => {
    const { port } = await listen(INSIDE);
    const http = new OutboundHttp(new MerchantAddresses({ demo: true }));

    expect((await http.request({ method: 'GET', url: `http://${INSIDE}:${port}/`, timeoutMs: 1000 })).status).toBe(200);
    await http.onApplicationShutdown();
  });
});
