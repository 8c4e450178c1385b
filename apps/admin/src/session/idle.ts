/** When the server ends a session at which nobody is (docs/security.md), and how long before that we say so. */
export const IDLE_MS = 30 * 60_000;
export const WARNED_MS = 2 * 60_000;
/** A page at which nobody has been for so long no longer refreshes itself. */
export const UNATTENDED_MS = 10 * 60_000;
/** Pages read one clock, though not in the same instant: what is further ahead was told before the clock was set back. */
export const AHEAD_MS = 5_000;

/** When somebody was last active, in ms of one clock. */
export interface Activity {
  /** At this page. */
  readonly own: number;
  /** At any page of this browser, as far as they have told each other. */
  readonly shared: number | null;
}

/** What is to be done at `now` for somebody who was last active as `activity` says. */
export type IdleState =
  | { readonly step: 'active' }
  | { readonly step: 'warned'; readonly secondsLeft: number }
  /** `own` tells one such end from the next: somebody may come by for a moment in which nobody looked. */
  | { readonly step: 'over'; readonly own: number };

export function idleState(now: number, activity: Activity, limitMs = IDLE_MS): IdleState {
  const left = limitMs - (now - lastOf(now, activity));
  if (left <= 0) return { step: 'over', own: activity.own };
  return left <= WARNED_MS ? { step: 'warned', secondsLeft: Math.ceil(left / 1000) } : { step: 'active' };
}

/** Whether a time that a page told says nothing. */
export const isToCome = (now: number, shared: number): boolean => shared > now + AHEAD_MS;

/** The session is the browser's: whoever works at another page is there. */
function lastOf(now: number, { own, shared }: Activity): number {
  return shared === null || isToCome(now, shared) ? own : Math.max(own, Math.min(shared, now));
}
