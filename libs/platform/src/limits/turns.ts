/** Smaller bodies cost less than a millisecond. */
const LARGE_BYTES = 16 * 1024;

const waiting: (() => void)[] = [];

/**
 * Begins `work` on a body of `bytes`: at once when it is small, else in a turn of the event loop of its own, so that many
 * large bodies that come together do not add up to one long stop for everybody else.
 */
export function inTurn(bytes: number, work: () => void): void {
  if (bytes <= LARGE_BYTES) return work();
  if (waiting.push(work) === 1) setImmediate(next);
}

function next(): void {
  // The next one's turn is asked for first: `work` is free to throw.
  if (waiting.length > 1) setImmediate(next);
  waiting.shift()?.();
}
