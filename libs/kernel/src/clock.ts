/** The only source of time. Everything that asks "what time is it" takes a `Clock`, so tests can own it. */
export interface Clock {
  /** The present instant. */
  now(): Date;
}

/** The machine's own time. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until told to move: for tests. */
export class FixedClock implements Clock {
  constructor(private instant: Date) {}

  now(): Date {
    return new Date(this.instant);
  }

  /** Moves the clock forward by `ms` milliseconds (or back, when negative). */
  advance(ms: number): void {
    this.instant = new Date(this.instant.getTime() + ms);
  }
}

/**
 * A clock that runs `scale` times faster than `base` from the moment it was made: lets deadlines pass in tests and
 * demonstrations (COUNTERSIGN_TIME_SCALE). `scale` 1 is `base` itself.
 */
export class ScaledClock implements Clock {
  private readonly origin: number;

  constructor(
    private readonly base: Clock,
    private readonly scale: number,
  ) {
    this.origin = base.now().getTime();
  }

  now(): Date {
    return new Date(this.origin + (this.base.now().getTime() - this.origin) * this.scale);
  }
}
