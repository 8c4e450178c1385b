/** SQLSTATEs that tell that the statement did nothing: what was wrong with items or between them, the victim of a deadlock. */
const REFUSED = /^(2[1-3]|40001|40P01)/;

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit in front of the database: items that come while earlier ones are under way go into the next statement
 * together, so that a busy moment costs one round trip (and one flush) for many. An item that comes alone goes at once.
 * Nobody is answered before the statement that holds their item is through.
 */
export class Coalescer<T, R = void> {
  private waiting: Waiting<T, R>[] = [];
  private inFlight = 0;
  private scheduled = false;

  /**
   * `perform` does all its items in one statement, or none, and gives their results in the same order. At most
   * `concurrency` statements at a time, of at most `batch` items.
   */
  constructor(
    private readonly perform: (items: readonly T[]) => Promise<readonly R[]>,
    private readonly limits: { concurrency: number; batch: number },
  ) {}

  /** Resolves with the result of `item`; rejects with what kept it from having one. */
  submit(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  // Once a turn of the event loop: requests that were read from their sockets together go together.
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

  private async flush(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.perform(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as R));
    } catch (error) {
      // Only where the database said that nothing was done may items be tried again, each alone: one bad item must not
      // fail its neighbours. After any other failure the outcome is unknown, and trying again could do it twice.
      if (batch.length > 1 && REFUSED.test(String((error as { code?: unknown } | null)?.code))) {
        for (const waiting of batch) await this.flush([waiting]);
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  }
}
