/**
 * A load of fixed concurrency over keep-alive connections, as cheap as it can be: requests are rendered before the clock
 * runs, answers are cut by their content length. The server's work should be what is measured, not the client's.
 */
import { connect } from 'node:net';

/**
 * Runs `clients` connections against 127.0.0.1:`port` for `durationMs`. `render(n)` gives the bytes of the n-th request;
 * `expect` is the status every answer must have. Out: requests done, errors, and every latency in ms.
 */
export async function load({ port, clients, durationMs, render, expect }) {
  const latencies = [];
  const failures = new Map();
  let count = 0;
  const until = performance.now() + durationMs;
  const client = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let buffer = Buffer.alloc(0);
      let sentAt = 0;
      const send = () => {
        if (performance.now() >= until) return socket.end();
        sentAt = performance.now();
        socket.write(render(count++));
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('close', resolve);
      socket.on('data', (chunk) => {
        buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
        const head = buffer.indexOf('\r\n\r\n');
        if (head < 0) return;
        const text = buffer.toString('latin1', 0, head);
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
        if (buffer.length < head + 4 + length) return;
        latencies.push(performance.now() - sentAt);
        const status = Number(text.slice(9, 12));
        if (status !== expect) {
          const key = `${status} ${buffer.toString('utf8', head + 4).slice(0, 200)}`;
          failures.set(key, (failures.get(key) ?? 0) + 1);
        }
        buffer = Buffer.alloc(0);
        send();
      });
    });
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  if (failures.size > 0) throw new Error(`Unexpected answers: ${JSON.stringify([...failures])}`);
  return { perSecond: latencies.length / seconds, latencies };
}

/** The bytes of an HTTP request with a JSON body. */
export function httpRequest(method, path, headers, body) {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(payload === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(payload)}`]),
    '',
    payload,
  ];
  return Buffer.from(lines.join('\r\n'));
}
