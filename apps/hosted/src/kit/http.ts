import { assertWanted } from './pause';

/** A connection that hangs is no connection: phones change networks. */
const CALL_LIMIT_MS = 15_000;

/** What is asked, of whom. `body` goes as JSON. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly authorization?: string;
  readonly body?: object | undefined;
}

/** An answer. `body` is null where there is none to read; `afterMs` is the least wait before coming again, where one was asked for. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly afterMs: number;
}

/** One call, without cookies; null when it was lost, blocked or cut off: a browser does not say which. Throws `aborted`. */
export async function send({ method, url, authorization, body }: Call, signal?: AbortSignal): Promise<Reply | null> {
  assertWanted(signal);
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, CALL_LIMIT_MS);
  signal?.addEventListener('abort', stop);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...(authorization && { authorization }), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      credentials: 'omit',
      cache: 'no-store',
      signal: limit.signal,
    });
    const { status, headers } = response;
    const isBusy = status === 429 || status >= 500;
    return {
      status,
      body: isBusy || status === 204 ? null : ((await response.json()) as unknown),
      afterMs: 1000 * Number(headers.get('retry-after') ?? 0) || 0,
    };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    assertWanted(signal);
  }
}
