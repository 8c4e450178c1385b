const MAX_REMEMBERED = 10_000;

/** Keys that each merchant has one of, in memory once they were asked for; the least recently used are left out first. */
export class MerchantKeys<K> {
  private readonly keys = new Map<string, K>();
  private readonly loading = new Map<string, Promise<K>>();

  /** `load` finds a merchant's key (UUID), or makes it. */
  constructor(private readonly load: (merchantId: string) => Promise<K>) {}

  /** The merchant's key. Callers at a time share one load; what could not be loaded is asked for again. */
  async get(merchantId: string): Promise<K> {
    const known = this.peek(merchantId);
    if (known !== undefined) return known;
    const underway = this.loading.get(merchantId) ?? this.load(merchantId);
    this.loading.set(merchantId, underway);
    try {
      return this.remember(merchantId, await underway);
    } finally {
      this.loading.delete(merchantId);
    }
  }

  /** The merchant's key when it is in memory. */
  peek(merchantId: string): K | undefined {
    const key = this.keys.get(merchantId);
    return key === undefined ? undefined : this.remember(merchantId, key);
  }

  private remember(merchantId: string, key: K): K {
    this.keys.delete(merchantId);
    this.keys.set(merchantId, key);
    const [oldest] = this.keys.keys();
    if (this.keys.size > MAX_REMEMBERED && oldest !== undefined) this.keys.delete(oldest);
    return key;
  }
}
