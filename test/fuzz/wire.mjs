/** One connection that sends bytes as they are and reads one answer at a time; a new one when the server closed it. */
import { connect } from 'node:net';

const HANGS_AFTER_MS = 10_000;
const HEAD_END = Buffer.from('\r\n\r\n');

/** What came back; `status` 0 when the server closed without a word. */
function parse(bytes, headEnd, bodyEnd, ms) {
  const [statusLine, ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(statusLine.split(' ')[1]), headers, text: bytes.toString('utf8', headEnd + 4, bodyEnd), ms };
}

export class Wire {
  #port;
  #socket = null;

  constructor(port) {
    this.#port = port;
  }

  /**
   * Sends `request` and waits for its answer. `alone`: on a connection of its own, because the request may end in the
   * middle or be followed by bytes that are none; with `half`, our side is closed after it.
   */
  send(request, { head = false, alone = false, half = false } = {}) {
    if (alone) this.close();
    const socket = (this.#socket ??= connect({
      port: this.#port,
      host: '127.0.0.1',
      noDelay: true,
      allowHalfOpen: true,
    }));
    const startedAt = performance.now();
    let buffer = Buffer.alloc(0);
    return new Promise((resolve) => {
      const done = (answer) => {
        clearTimeout(timer);
        socket.removeAllListeners();
        socket.on('error', () => undefined);
        const closing = answer.headers?.connection === 'close';
        if (alone || closing || answer.status === 0 || answer.hangs) this.close();
        resolve(answer);
      };
      const silent = () => done({ status: 0, headers: {}, text: '', ms: performance.now() - startedAt });
      const timer = setTimeout(
        () => done({ status: 0, headers: {}, text: '', ms: HANGS_AFTER_MS, hangs: true }),
        HANGS_AFTER_MS,
      );
      socket.on('error', silent);
      socket.on('close', silent);
      socket.on('end', silent);
      socket.on('data', (chunk) => {
        buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
        for (;;) {
          const headEnd = buffer.indexOf(HEAD_END);
          if (headEnd < 0) return;
          if (/^HTTP\/1\.1 1\d\d/.test(buffer.toString('latin1', 0, 12))) {
            buffer = buffer.subarray(headEnd + 4); // "100 Continue" is no answer yet
            continue;
          }
          const length = head
            ? 0
            : Number(/\r\ncontent-length: (\d+)/i.exec(buffer.toString('latin1', 0, headEnd))?.[1] ?? 0);
          const bodyEnd = headEnd + 4 + length;
          if (buffer.length < bodyEnd) return;
          done(parse(buffer, headEnd, bodyEnd, performance.now() - startedAt));
          return;
        }
      });
      if (half) socket.end(request);
      else socket.write(request);
    });
  }

  close() {
    this.#socket?.destroy();
    this.#socket = null;
  }
}
