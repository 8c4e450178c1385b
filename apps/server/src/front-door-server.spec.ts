import { Agent, createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeWithoutIdling } from './front-door-server';

const agent = new Agent({ keepAlive: true });

afterEach(() => agent.destroy());

it('a server that closes waits for requests in flight, and not for what their connections might bring later', async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => asked.resolve(response));
  server.keepAliveTimeout = 600_000;
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
