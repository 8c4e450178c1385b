/** When somebody last did something at any page of this browser: all of them have one session, and end it together. */

const KEY = 'countersign.active';
/** At most so often it is written: whoever types presses many keys. */
const SHARE_MS = 3_000;

/** When this page last wrote it, in the page's own time. */
let shared = -SHARE_MS;

/** Lets the other pages know that somebody is there. */
export function shareActivity(): void {
  const now = performance.now();
  if (now - shared < SHARE_MS) return;
  shared = now;
  try {
    window.localStorage.setItem(KEY, String(new Date().getTime()));
  } catch {
    // Nothing can be kept here: each page knows of itself alone.
  }
}

/** What the pages of this browser know of together, as ms of this page's `performance.now()`; null where they know of nothing. */
export function sharedActivity(): number | null {
  const at = kept();
  const ago = new Date().getTime() - at;
  // A clock that was set back: what is yet to come would keep everybody signed in.
  return at > 0 && ago >= 0 ? performance.now() - ago : null;
}

function kept(): number {
  try {
    return Number(window.localStorage.getItem(KEY));
  } catch {
    return 0;
  }
}
