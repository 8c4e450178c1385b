/**
 * DI token of the clock that operators go by. It never runs faster than people's own: codes of authenticator apps, sessions
 * and lock-outs are in their minutes, whatever COUNTERSIGN_TIME_SCALE makes of deadlines.
 */
export const OPERATORS_CLOCK = Symbol('OPERATORS_CLOCK');
