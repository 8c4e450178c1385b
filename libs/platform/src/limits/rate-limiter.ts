/** A steady rate and what may come at once after a rest. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** More than anybody's honest callers at a time; about 100 bytes each. */
const MAX_KEYS = 50_000;

/**
 * A token bucket per key, in memory: one number each, the time at which the bucket is full again (the generic cell rate
 * algorithm). Buckets live in two generations, so that those not used for longest go when there are too many, at no cost
 * per request. Going only ever forgives.
 */
export class RateLimiter {
  private young = new Map<string, number>();
  private old = new Map<string, number>();
  private readonly costMs: number;
  private readonly toleranceMs: number;

  /** @param now milliseconds that never go back */
  constructor(
    limit: RateLimit,
    private readonly now: () => number = () => performance.now(),
    private readonly maxKeys = MAX_KEYS,
  ) {
    this.costMs = 1000 / limit.perSecond;
    this.toleranceMs = this.costMs * (limit.burst - 1);
  }

  /** Takes one from the bucket of `key`. Out: 0, or how many milliseconds to wait when it is empty (nothing is taken). */
  take(key: string): number {
    const now = this.now();
    const fullAt = this.young.get(key) ?? this.old.get(key) ?? now;
    const from = Math.max(fullAt, now);
    const waitMs = from - now - this.toleranceMs;
    // Sums of fractions: less than a microsecond is no wait.
    const taken = waitMs <= 0.001;
    this.remember(key, taken ? from + this.costMs : fullAt);
    return taken ? 0 : waitMs;
  }

  /** How many buckets are remembered. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  private remember(key: string, fullAt: number): void {
    this.young.set(key, fullAt);
    if (this.young.size < this.maxKeys / 2) return;
    this.old = this.young;
    this.young = new Map();
  }
}
