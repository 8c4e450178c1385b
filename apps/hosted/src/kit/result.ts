import { baseOf, isLater, readSession } from './api';
import { onMessage } from './messages';
import { pause } from './pause';
import type { Session, SessionHandle } from './types';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5_000;
const GROWTH = 1.4;
/** However often we are hurried. */
const SHORTEST_WAIT_MS = 250;

const OPEN = ['pending', 'processing', 'challenged'];

/** The wait before question number `asked`, counted from 0. Milliseconds. */
export function waitBefore(asked: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * GROWTH ** asked);
}

/** True when nothing can change the status any more. */
export function isFinal({ status }: Pick<Session, 'status'>): boolean {
  return !OPEN.includes(status);
}

/**
 * Asks the server until the session is final, and resolves with it. Asks seldom while nothing happens, and soon when a
 * notification page, the network or the person comes back; what a message says is never the result. A lost network is
 * waited out. Ends in any case: the server settles every session by its deadline. Throws `unauthorized`, `refused`, `aborted`.
 */
export function waitForResult(session: SessionHandle, { signal }: { signal?: AbortSignal } = {}): Promise<Session> {
  return follow(session, isFinal, signal);
}

/** The same, until the session `isThere`. */
export async function follow(
  session: SessionHandle,
  isThere: (session: Session) => boolean,
  signal: AbortSignal | undefined,
): Promise<Session> {
  let asked = 0;
  let wake: () => void = () => undefined;
  const hurry = (): void => {
    asked = 0;
    wake();
  };
  const stop = onMessage(baseOf(session), 'countersign:challenge-returned', hurry);
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  try {
    for (;;) {
      const answer = await readSession(session, signal);
      let least = SHORTEST_WAIT_MS;
      if (isLater(answer)) least = Math.max(least, answer.afterMs);
      else if (isThere(answer)) return answer;
      wake = () => undefined;
      const wait = waitBefore(asked);
      asked += 1;
      await pause(least, signal);
      // Hurried meanwhile: `asked` is 0 again.
      if (asked > 0) await pause(wait - least, signal, (now) => (wake = now));
    }
  } finally {
    stop();
    window.removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', hurry);
  }
}
