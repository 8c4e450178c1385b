/**
 * DI token of the clock that upstream tokens go by. It never runs faster than the upstream's: `expires_in` is in its seconds,
 * whatever COUNTERSIGN_TIME_SCALE makes of sessions' deadlines.
 */
export const TOKEN_CACHE_CLOCK = Symbol('TOKEN_CACHE_CLOCK');
