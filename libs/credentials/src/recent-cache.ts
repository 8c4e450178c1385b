import type { Clock } from '@app/kernel';

interface Entry<V> {
  /** When the load began: what was read is at least this fresh. */
  since: number;
  value: V;
}

/**
 * Values of rows that others may change, at most `maxAgeMs` old. Callers of one key share one load; past half its age a
 * value is renewed behind the caller's back, so that a key in steady use never waits. What is absent is remembered too,
 * and the least recently used go first at `maxEntries`. A failed load is never remembered.
 */
export class RecentCache<V extends object | null> {
  private readonly entries = new Map<string, Entry<V>>();
  private readonly loading = new Map<string, Promise<V>>();
  private generation = 0;

  constructor(
    private readonly clock: Clock,
    private readonly load: (key: string) => Promise<V>,
    private readonly maxAgeMs: number,
    private readonly maxEntries = 10_000,
  ) {}

  /** The value when it is fresh enough to use at once; undefined means `get` has to wait for it. */
  peek(key: string): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    const age = this.clock.now().getTime() - entry.since;
    // A negative age is a clock set back: the value's true age is unknown.
    if (age < 0 || age >= this.maxAgeMs) return undefined;
    if (age >= this.maxAgeMs / 2) {
      // A renewal that fails leaves the value to grow old; then the caller who waits gets the error.
      this.renew(key).catch(() => undefined);
    }
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  async get(key: string): Promise<V> {
    const fresh = this.peek(key);
    return fresh === undefined ? this.renew(key) : fresh;
  }

  /** Forgets everything: a change made here is seen here at once. Loads on their way are not kept. */
  clear(): void {
    this.generation++;
    this.entries.clear();
    this.loading.clear();
  }

  private renew(key: string): Promise<V> {
    const underway = this.loading.get(key);
    if (underway) return underway;
    const since = this.clock.now().getTime();
    const generation = this.generation;
    const load = this.load(key)
      .then((value) => {
        if (generation === this.generation) this.keep(key, { since, value });
        return value;
      })
      .finally(() => {
        if (this.loading.get(key) === load) this.loading.delete(key);
      });
    this.loading.set(key, load);
    return load;
  }

  private keep(key: string, entry: Entry<V>): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.maxEntries && oldest !== undefined) this.entries.delete(oldest);
  }
}
