/** How much of a queue one process works on at a time, and how much of that may be one merchant's. */
export interface ClaimLimits {
  readonly concurrency: number;
  readonly share: number;
}

/** Begins on work that was claimed; without a merchant it counts against no share. */
export type Begin = (work: Promise<unknown>, merchantId?: string) => void;

/**
 * Claims work as far as there is room, and begins on each piece. `busy` are the pieces of each merchant that are under
 * way, begun by this claim or before: no merchant may get more than its share together with them.
 */
export type Claim = (room: number, busy: ReadonlyMap<string, number>, begin: Begin) => Promise<void>;

/**
 * The places of one process at a queue that it shares with others, by merchant: one whose counterpart hangs holds its own
 * places only.
 */
export class FairClaims {
  private readonly inFlight = new Set<Promise<void>>();
  private readonly busy = new Map<string, number>();
  private claiming: Promise<void> | null = null;
  /** The queue was longer than the room, or one merchant's than its share: a place that gets free is filled at once. */
  private isMoreLikely = false;
  private isStopped = false;

  /** `failed` hears of work that failed; the place of such is not filled before the next `fill`. */
  constructor(
    private readonly limits: ClaimLimits,
    private readonly claim: Claim,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Claims as far as there is room; does not wait for the work. Never overlaps itself. Throws what the claim throws. */
  fill(): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    this.claiming ??= this.claimMore().finally(() => (this.claiming = null));
    return this.claiming;
  }

  /** Nothing is claimed any more. */
  stop(): void {
    this.isStopped = true;
  }

  /** Resolves when no claim and no work is under way any more. */
  async settled(): Promise<void> {
    while (this.claiming !== null || this.inFlight.size > 0) {
      await Promise.allSettled([this.claiming, ...this.inFlight]);
    }
  }

  private async claimMore(): Promise<void> {
    const room = this.limits.concurrency - this.inFlight.size;
    if (room <= 0) return;
    const asked = new Map(this.busy);
    let shared = 0;
    await this.claim(room, asked, (work, merchantId) => {
      if (merchantId !== undefined) {
        shared++;
        count(asked, merchantId, 1);
        count(this.busy, merchantId, 1);
      }
      this.run(work, merchantId);
    });
    this.isMoreLikely = shared === room || [...asked.values()].some((places) => places >= this.limits.share);
  }

  private run(work: Promise<unknown>, merchantId?: string): void {
    const done: Promise<void> = work
      .then(
        () => true,
        (error: unknown) => {
          this.failed(error);
          return false;
        },
      )
      .then(async (isWell) => {
        this.inFlight.delete(done);
        if (merchantId === undefined) return;
        count(this.busy, merchantId, -1);
        // A claim that is under way has not seen this place get free.
        await this.claiming;
        if (isWell && this.isMoreLikely) await this.fill();
      })
      .catch((error: unknown) => this.failed(error));
    this.inFlight.add(done);
  }
}

function count(places: Map<string, number>, merchantId: string, more: number): void {
  const now = (places.get(merchantId) ?? 0) + more;
  if (now > 0) places.set(merchantId, now);
  else places.delete(merchantId);
}
