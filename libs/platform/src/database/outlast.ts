import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseGone } from '../errors/database-gone';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Does `work` again while the database is away, for at most `ms` of real time: for what nobody will tell us twice. A try
 * that failed may have been stored all the same, only its answer was lost: `work` has to look.
 * @throws what the last try threw, or the first that had another reason
 */
export async function outlast<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + ms;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseGone(error) || performance.now() + pauseMs > until) throw error;
      await sleep(pauseMs);
    }
  }
}
