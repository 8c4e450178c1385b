/** The ways in which a server can fail to answer: for the faults that tests and demonstrations ask for. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** Failures of the transport, as opposed to answers that are wrong in content. */
export type BrokenMode = 'timeout' | 'reset' | 'garbage' | 'html' | 'empty' | 'status500';

/** A caller that waits longer than this has no time limit of its own; the connection is then cut. */
const HOLD_MS = 120_000;

/** Answers as broken as asked. The reply is spent afterwards. */
export function sendBroken(reply: FastifyReply, mode: BrokenMode): void {
  switch (mode) {
    case 'timeout': {
      reply.hijack();
      const socket = reply.raw.socket;
      const timer = setTimeout(() => socket?.destroy(), HOLD_MS);
      timer.unref();
      socket?.once('close', () => clearTimeout(timer));
      return;
    }
    case 'reset':
      reply.hijack();
      reply.raw.socket?.resetAndDestroy();
      return;
    case 'garbage':
      void reply.code(200).type('application/json; charset=utf-8').send(randomBytes(64));
      return;
    case 'html':
      void reply.code(200).type('text/html; charset=utf-8').send('<html><body>Service temporarily unavailable');
      return;
    case 'empty':
      void reply.code(200).type('application/json; charset=utf-8').send('');
      return;
    case 'status500':
      void reply.code(500).type('text/plain; charset=utf-8').send('Internal Server Error');
      return;
  }
}
