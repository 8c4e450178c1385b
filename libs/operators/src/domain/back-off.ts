const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** What failures are counted by. */
export type ThrottleKind = 'account' | 'address';

/**
 * How long nobody may try again after the n-th failure in a row; the last holds for all that follow. An address may stand
 * for many people in one office.
 */
export const LOCKS_MS: Readonly<Record<ThrottleKind, readonly number[]>> = {
  account: [
    ...Array<number>(4).fill(0),
    30 * SECOND_MS,
    MINUTE_MS,
    2 * MINUTE_MS,
    4 * MINUTE_MS,
    8 * MINUTE_MS,
    15 * MINUTE_MS,
  ],
  address: [
    ...Array<number>(19).fill(0),
    30 * SECOND_MS,
    MINUTE_MS,
    2 * MINUTE_MS,
    4 * MINUTE_MS,
    8 * MINUTE_MS,
    15 * MINUTE_MS,
  ],
};

/** Failures are forgotten when none has come for so long. */
export const FORGOTTEN_AFTER_MS = 24 * 60 * MINUTE_MS;
