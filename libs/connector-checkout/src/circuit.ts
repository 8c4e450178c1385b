/** When an upstream account is left alone: after failures in a row, until one trial call succeeds. */
export interface CircuitOptions {
  failures: number;
  openMs: number;
  /** Milliseconds that only go up. */
  now: () => number;
}

export class Circuit {
  private failures = 0;
  private openedAt: number | null = null;
  private trial = false;

  constructor(private readonly options: CircuitOptions) {}

  /** Whether calls are turned away at present, but for the next trial. */
  get isOpen(): boolean {
    return this.openedAt !== null && (this.trial || this.options.now() - this.openedAt < this.options.openMs);
  }

  /** Whether a call may go out now. The first one after the pause is a trial: the others wait for its outcome. */
  admits(): boolean {
    if (this.openedAt === null) return true;
    if (this.isOpen) return false;
    this.trial = true;
    return true;
  }

  /** A call that was admitted brought an answer. */
  succeeded(): void {
    this.failures = 0;
    this.openedAt = null;
    this.trial = false;
  }

  /** A call that was admitted brought none. */
  failed(): void {
    this.failures += 1;
    if (!this.trial && this.failures < this.options.failures) return;
    this.openedAt = this.options.now();
    this.trial = false;
  }

  /** A call that was admitted told nothing about the other side: a trial is still to be made. */
  toldNothing(): void {
    this.trial = false;
  }
}
