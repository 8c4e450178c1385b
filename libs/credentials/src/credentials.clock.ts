/**
 * DI token of the clock that credentials go by. It never runs faster than the clients' own: `expires_in` is a promise in
 * their seconds, and "within 5 s" in ours, whatever COUNTERSIGN_TIME_SCALE makes of sessions' deadlines.
 */
export const CREDENTIALS_CLOCK = Symbol('CREDENTIALS_CLOCK');
