import { Agent, createServer, get, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { closeWithoutIdling, limitServer } from './front-door-server';

/** Longer than any test has. */
const LONG = 600_000;
const LIMITS = { headersTimeoutMs: LONG, requestTimeoutMs: LONG, idleTimeoutMs: LONG, maxConnections: 10 };

const agent = new Agent({ keepAlive: true });
let silent: Socket | undefined;

afterEach(() => {
  agent.destroy();
  silent?.destroy();
});

it('a server that closes waits for requests in flight, and not for what their connections might bring later', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => asked.resolve(response));
  server.keepAliveTimeout = LONG;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const answered = new Promise((end) =>
    get({ host: '127.0.0.1', port, agent }, (answer) => answer.resume().once('end', () => end(answer.statusCode))),
  );
  const response = await asked.promise;

  let isClosed = false;
  const closed = closeWithoutIdling(server, () => new Promise((done) => server.close(done))).then(() => {
    isClosed = true;
  });
  await new Promise((passed) => setTimeout(passed, 150));
  expect(isClosed).toBe(false);
  response.end('late');

  expect(await answered).toBe(200);
  await closed;
});

describe('a server that closes, and a connection that has brought nothing yet', () => {
  async function connected(listener: RequestListener): Promise<{ server: Server; client: Socket }> {
    const server = createServer(listener);
    limitServer(server, LIMITS);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const accepted = new Promise((known) => server.once('connection', known));
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    silent = client;
    await Promise.all([accepted, new Promise((known) => client.once('connect', known))]);
    return { server, client };
  }

  it('does not wait for it', async () => {
    const { server, client } = await connected(() => undefined);
    const hungUp = new Promise((end) => client.resume().once('close', end));

    await closeWithoutIdling(server, () => new Promise((done) => server.close(done)));

    await hungUp;
  });

  it('answers the request that came on it while the process was busy', async () => {
    const { server, client } = await connected((_request, response) => response.end());
    const answer = text(client);

    const closed = closeWithoutIdling(server, () => new Promise((done) => server.close(done)));
    client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    const busyUntil = performance.now() + 150;
    while (performance.now() < busyUntil);

    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    await closed;
  });
});
