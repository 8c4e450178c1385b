/** When the server ends a session at which nobody is (docs/security.md), and how long before that we say so. */
export const IDLE_MS = 30 * 60_000;
export const WARNED_MS = 2 * 60_000;
/** A page at which nobody has been for so long no longer refreshes itself. */
export const UNATTENDED_MS = 10 * 60_000;

/** What is to be done at `now` for somebody who was last active at `last` (both in ms). */
export type IdleState =
  { readonly step: 'active' } | { readonly step: 'warned'; readonly secondsLeft: number } | { readonly step: 'over' };

export function idleState(last: number, now: number): IdleState {
  const left = IDLE_MS - (now - last);
  if (left <= 0) return { step: 'over' };
  return left <= WARNED_MS ? { step: 'warned', secondsLeft: Math.ceil(left / 1000) } : { step: 'active' };
}
