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
