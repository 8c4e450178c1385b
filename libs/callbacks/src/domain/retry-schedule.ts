/**
 * Seconds between one scheduled try and the next: the schedule that Standard Webhooks recommends (about three days).
 * The first try is due at once; after the last of these the message is dead.
 */
export const RETRY_DELAYS_SECONDS: readonly number[] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** Share by which a delay may be shorter or longer, so that what failed together is not retried together. */
const JITTER = 0.1;

/**
 * When to try again after `step` scheduled tries have failed, the last one at `now`; null when there is no next one.
 * `random` is a number from 0 to 1 and decides the jitter.
 */
export function nextTryAt(step: number, now: Date, random: number): Date | null {
  const delay = RETRY_DELAYS_SECONDS[step - 1];
  if (delay === undefined) return null;
  return new Date(now.getTime() + delay * 1000 * (1 + JITTER * (2 * random - 1)));
}
