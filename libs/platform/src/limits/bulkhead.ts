/** Keeps what is slow from taking all that others need as well: so much at once, so much waiting, no more. */
export class Bulkhead {
  private running = 0;
  private readonly line: { enter: () => void; timer: NodeJS.Timeout }[] = [];

  constructor(private readonly limits: { running: number; waiting: number }) {}

  get isIdle(): boolean {
    return this.running === 0 && this.line.length === 0;
  }

  /** Runs `work` when there is room within `patienceMs`; null when there is none. */
  async run<T>(patienceMs: number, work: () => Promise<T>): Promise<T | null> {
    if (this.running >= this.limits.running) {
      if (this.line.length >= this.limits.waiting || !(await this.turn(patienceMs))) return null;
    } else this.running += 1;
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private turn(patienceMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const place = {
        enter: () => {
          clearTimeout(place.timer);
          resolve(true);
        },
        timer: setTimeout(() => {
          this.line.splice(this.line.indexOf(place), 1);
          resolve(false);
        }, patienceMs),
      };
      this.line.push(place);
    });
  }

  /** Who leaves gives its room to the one that waits longest. */
  private leave(): void {
    const next = this.line.shift();
    if (next) next.enter();
    else this.running -= 1;
  }
}
