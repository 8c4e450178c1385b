/** The merchants' callback receiver: remembers what arrived, and now and then is not up to it. */
import { createServer } from 'node:http';

/** Starts it on a free port. `fails()` tells whether this time it answers 500. */
export async function startReceiver(fails) {
  /** @type {Map<string, object[]>} by reference */
  const received = new Map();
  let onArrival = () => undefined;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const body = JSON.parse(text);
      if (fails()) return response.writeHead(500).end();
      received.set(body.reference, [...(received.get(body.reference) ?? []), body]);
      onArrival();
      response.writeHead(204).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/callbacks`,
    received,
    /** Calls `then` when the next message is here, before it is acknowledged. */
    whenArriving: (then) => (onArrival = then),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
