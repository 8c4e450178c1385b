/** When what happens to a token: pure functions over milliseconds. `jitter` is from 0 up to 1. */

/** A token that nobody asked for during this many of its lives is not renewed any more. */
const LIVES_IN_USE = 2;
/** For accounts that never had a token. */
const UNKNOWN_LIFE_MS = 300_000;
/** However long an upstream promises. */
const LONGEST_LIFE_MS = 86_400_000;
/** From this life on the whole window is used; shorter ones are renewed early in it, to leave time for it. */
const FULL_JITTER_LIFE_MS = 60_000;

/** How long a refusal is believed while the credential stays the same. */
export const REFUSAL_MS = 3_600_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 15_000;
const LONGEST_ASKED_RETRY_MS = 300_000;

/** A token that is rejected at this age or older was revoked or cut short; a younger one may never have been good. */
const YOUNG_MS = 60_000;

/** The part of a life at which a token is replaced: 75 to 85 %. */
export function renewalPoint(lifeMs: number, jitter: number): number {
  return 0.75 + jitter * (0.02 + 0.08 * Math.min(1, lifeMs / FULL_JITTER_LIFE_MS));
}

/**
 * When a token that was asked for at `askedAt` is replaced, and until when it is handed out: 5 % of its life or 10 s before its
 * end, whichever is less. Only our own clock counts: the upstream's may be hours away.
 */
export function lifeOf(
  askedAt: number,
  expiresInSeconds: number,
  jitter: number,
): { lifeMs: number; renewAt: number; expiresAt: number } {
  const lifeMs = Math.round(Math.min(expiresInSeconds * 1000, LONGEST_LIFE_MS));
  return {
    lifeMs,
    renewAt: askedAt + Math.floor(lifeMs * renewalPoint(lifeMs, jitter)),
    expiresAt: askedAt + Math.floor(lifeMs - Math.min(lifeMs * 0.05, 10_000)),
  };
}

/** Until when an account that was used at `usedAt` counts as in use. */
export function inUseUntil(usedAt: number, lifeMs: number | null): number {
  return usedAt + LIVES_IN_USE * (lifeMs ?? UNKNOWN_LIFE_MS);
}

/**
 * How long to leave the upstream alone after the `failures`th failure in a row (from 1): twice as long each time, at most a
 * twentieth of the life (0.5 to 15 s), and as long as it asked for, up to five minutes.
 */
export function retryDelay(
  failures: number,
  lifeMs: number | null,
  jitter: number,
  askedSeconds: number | undefined = 0,
): number {
  const longest = Math.min(Math.max((lifeMs ?? UNKNOWN_LIFE_MS) / 20, 500), LONGEST_RETRY_MS);
  const ours = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20), longest) * (0.75 + jitter / 2);
  return Math.round(Math.max(ours, Math.min(askedSeconds * 1000, LONGEST_ASKED_RETRY_MS)));
}

/**
 * After an upstream did not take a token of `ageMs`: how many young ones that makes in a row, and how long to wait before the
 * next. The first two are replaced at once.
 */
export function afterRejection(
  rejections: number,
  ageMs: number,
  lifeMs: number | null,
  jitter: number,
): { rejections: number; delayMs: number } {
  const inRow = ageMs >= Math.min(YOUNG_MS, (lifeMs ?? UNKNOWN_LIFE_MS) / 4) ? 1 : rejections + 1;
  return { rejections: inRow, delayMs: inRow <= 2 ? 0 : retryDelay(inRow, lifeMs, jitter) };
}
