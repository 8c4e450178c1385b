import { Agent, createServer, get, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
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

it('a server that closes does not wait for a connection that has brought nothing yet', async () => {
  const server = createServer(() => undefined);
  limitServer(server, LIMITS);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const accepted = new Promise((known) => server.once('connection', known));
  silent = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const hungUp = new Promise((end) => silent?.resume().once('close', end));
  await accepted;

  await closeWithoutIdling(server, () => new Promise((done) => server.close(done)));

  await hungUp;
});
