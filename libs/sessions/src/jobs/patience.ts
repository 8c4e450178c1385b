/** What failed and when to try it again: each failure doubles the wait, so that what cannot be done holds nobody up. */

const FIRST_MS = 5_000;
const LONGEST_MS = 300_000;
/** Failures that were not heard of for this long are forgotten: another replica has dealt with them. */
const FORGET_AFTER_MS = 3_600_000;

/** How long to wait after the `tries`th failure in a row (from 1), in milliseconds. */
export function patienceMs(tries: number): number {
  return Math.min(FIRST_MS * 2 ** Math.min(tries - 1, 20), LONGEST_MS);
}

/** Remembers failures by id, in this process. */
export class Patience {
  private readonly failures = new Map<string, { tries: number; again: number }>();

  /** Whether `id` has failed and its time has not come yet. */
  isWaiting(id: string, now: Date): boolean {
    const failure = this.failures.get(id);
    return failure !== undefined && now.getTime() < failure.again;
  }

  failed(id: string, now: Date): void {
    const tries = (this.failures.get(id)?.tries ?? 0) + 1;
    this.failures.set(id, { tries, again: now.getTime() + patienceMs(tries) });
  }

  succeeded(id: string): void {
    this.failures.delete(id);
  }

  /** Forgets what is of no interest any more. */
  tidy(now: Date): void {
    for (const [id, { again }] of this.failures) {
      if (now.getTime() - again > FORGET_AFTER_MS) this.failures.delete(id);
    }
  }
}
