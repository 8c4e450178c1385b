import { CountersignError } from './errors';

/** Throws `aborted` when the caller has had enough. */
export function assertWanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted();
}

const aborted = (): CountersignError => new CountersignError('aborted', 'The caller stopped waiting');

/** Waits `ms`; `wake`, when given, gets a function that ends the wait early. Rejects with `aborted` on the signal. */
export function pause(ms: number, signal?: AbortSignal, wake?: (now: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(aborted());
      else resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
    wake?.(end);
    if (signal?.aborted) end();
  });
}
