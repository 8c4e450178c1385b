import { isToCome } from './idle';

/** When somebody was last active at any page of this browser. Kept and not sent: a page that slept reads it when it wakes. */

const KEY = 'countersign.active';
/** Whoever types presses many keys: what comes sooner after another is told at the next look. */
export const TOLD_EVERY_MS = 1_000;

/** What this page has told, in the page's own time. */
let told = -Infinity;

/**
 * Tells the other pages that somebody was active at `at` (ms of `performance.now()`), unless they know.
 * @param after how much later than what was told before it must be
 */
export function tellActivity(at: number, after = 0): void {
  if (at <= told || at - told < after) return;
  told = at;
  const known = sharedActivity();
  // Another page knows of something later: a page that is not seen looks seldom, and would tell of old things.
  if (known !== null && known >= at && !isToCome(performance.now(), known)) return;
  try {
    window.localStorage.setItem(KEY, String(Math.round(offset() + at)));
  } catch {
    // Nothing can be kept here: each page knows of itself alone.
  }
}

/** As ms of this page's `performance.now()`; null where nothing is known. */
export function sharedActivity(): number | null {
  const at = kept();
  return at > 0 ? at - offset() : null;
}

/** The clock's time at the page's zero: other pages have another zero. Taken anew each time, as clocks are set and machines sleep. */
const offset = (): number => new Date().getTime() - performance.now();

function kept(): number {
  try {
    return Number(window.localStorage.getItem(KEY));
  } catch {
    return 0;
  }
}
