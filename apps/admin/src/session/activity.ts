import { UNATTENDED_MS, type Activity } from './idle';
import { sharedActivity, tellActivity, TOLD_EVERY_MS } from './shared-activity';

/** When somebody last did something at this page, in the page's own time. */
let last = performance.now();
/** That a page was opened does not say so by itself: a browser that starts opens those of yesterday. */
let hasActed = false;

/** Begins to watch keys and pointers; once per page. */
export function watchActivity(): void {
  for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
    window.addEventListener(event, noteActivity, { passive: true, capture: true });
  }
  if (document.hasFocus()) noteActivity();
}

/** @returns ms of `performance.now()` */
export const lastActivity = (): number => last;

/** When somebody was last active, here and at the other pages of this browser. */
export const activity = (): Activity => ({ own: last, shared: sharedActivity() });

/** Tells the other pages what they do not know yet of when somebody was last active here. */
export function tellOwnActivity(): void {
  if (hasActed) tellActivity(last);
}

/** Somebody said that they are there. */
export function noteActivity(): void {
  last = performance.now();
  hasActed = true;
  tellActivity(last, TOLD_EVERY_MS);
}

/** Whether somebody is at this page, as far as it can tell. */
export const isAttended = (): boolean => performance.now() - last < UNATTENDED_MS;

/** What comes later than this after a key or a click does not come of it. */
const CONSEQUENCE_MS = 5_000;

/** Whether what happens now is what somebody wants, and nothing that the page does by itself. */
export const isWanted = (): boolean => performance.now() - last < CONSEQUENCE_MS;
