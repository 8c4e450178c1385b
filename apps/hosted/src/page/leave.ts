/** Going on with the whole window, from a page that may stand in somebody's frame. */

/** In a sandbox nothing happens and nothing is said; a window that goes is gone by then, or soon. */
const STILL_HERE_MS = 2_000;

/**
 * Goes to `url` with the whole window, and leaves no page to come back to. In a frame a browser may want a person's press
 * first: the link on the page is there for that.
 */
export function leaveFor(url: string): void {
  try {
    (window.top ?? window).location.replace(url);
  } catch {
    // Refused: the link does it.
  }
}

/** Goes on in the frame itself where its sandbox does not let the whole window go. */
export function unlessGone(goOnHere: () => void): void {
  if (window.top !== window) setTimeout(goOnHere, STILL_HERE_MS);
}
