/** Many requests at once over connections of their own, for tests about what happens when there are too many. */
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { Body } from './api';

export interface StormAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Body;
  ms: number;
}

export interface StormRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const HANGS_AFTER_MS = 20_000;

/**
 * Sends all of `requests` at the same time; answers in their order. Rejects when one of them hangs. `onSent` is told once all
 * of them are on their way.
 */
export async function storm(
  apiUrl: string,
  requests: readonly StormRequest[],
  onSent = (): void => undefined,
): Promise<StormAnswer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  let unsent = requests.length;
  const isSent = (): void => {
    unsent -= 1;
    if (unsent === 0) onSent();
  };
  try {
    return await Promise.all(requests.map((each) => send(apiUrl, agent, each, isSent)));
  } finally {
    agent.destroy();
  }
}

function send(
  apiUrl: string,
  agent: Agent,
  { method, path, headers, body }: StormRequest,
  isSent: () => void,
): Promise<StormAnswer> {
  const startedAt = performance.now();
  return new Promise((done, fail) => {
    const sent = request(apiUrl + path, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', fail);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: (text.startsWith('{') ? JSON.parse(text) : {}) as Body,
          ms: performance.now() - startedAt,
        });
      });
    });
    sent.setTimeout(HANGS_AFTER_MS, () => sent.destroy(new Error(`hangs: ${method} ${path}`)));
    sent.once('error', fail);
    sent.once('finish', isSent);
    sent.end(body);
  });
}
