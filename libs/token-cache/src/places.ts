/** At most so many at a time; who comes later waits for a place, in the order of coming. */
export class Places {
  private taken = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** How many could begin at once. */
  get free(): number {
    return this.limit - this.taken;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken < this.limit) this.taken++;
    else await new Promise<void>((go) => this.queue.push(go));
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      // The place goes from hand to hand.
      if (next) next();
      else this.taken--;
    }
  }
}
