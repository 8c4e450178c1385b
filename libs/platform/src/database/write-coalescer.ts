/** SQLSTATE classes that tell that the statement did nothing and why: data and integrity violations. */
const REFUSED = /^2[23]/;

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit in front of the database: items that come while earlier ones are being written go into the next statement
 * together, so that a busy moment costs one round trip and one flush for many. An item that comes alone is written at
 * once. Nobody is answered before the statement that holds their item has committed.
 */
export class WriteCoalescer<T> {
  private waiting: Waiting<T>[] = [];
  private inFlight = 0;
  private scheduled = false;

  /**
   * `write` stores all its items in one statement, or none. At most `concurrency` statements at a time, of at most
   * `batch` items.
   */
  constructor(
    private readonly write: (items: readonly T[]) => Promise<void>,
    private readonly limits: { concurrency: number; batch: number },
  ) {}

  /** Resolves once `item` is stored; rejects with what kept it from being stored. */
  submit(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  // Once a turn of the event loop: requests that were read from their sockets together are written together.
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.pump();
    });
  }

  private pump(): void {
    while (this.inFlight < this.limits.concurrency && this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.limits.batch);
      this.inFlight++;
      void this.flush(batch).finally(() => {
        this.inFlight--;
        this.pump();
      });
    }
  }

  private async flush(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.write(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // Only where the database said that nothing was stored may items be tried again, each alone: one bad item must not
      // fail its neighbours. After any other failure the outcome is unknown, and trying again could store twice.
      if (batch.length > 1 && REFUSED.test(String((error as { code?: unknown } | null)?.code))) {
        for (const waiting of batch) await this.flush([waiting]);
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  }
}
