/** How far behind we are with what we owe merchants of one environment, and how the last hour went. */
export interface CallbackFigures {
  readonly environment: 'test' | 'live';
  /** Due now, and since when the oldest is. */
  readonly due: number;
  readonly oldestDueAt: Date | null;
  /** Tried, and not taken yet. */
  readonly failing: number;
  readonly dead: number;
  readonly hour: CallbackHour;
}

/**
 * Messages of the last hour that have fallen due, by when they were put on the books; lags are from then to the
 * acknowledgement, in seconds.
 */
export interface CallbackHour {
  readonly owed: number;
  readonly delivered: number;
  readonly atFirstTry: number;
  readonly lagP50: number | null;
  readonly lagP95: number | null;
  /** The median of each minute, the oldest first; null where none was delivered. */
  readonly lagPerMinute: readonly (number | null)[];
}

/** Where callbacks of the last day went, and how they were taken there. */
export interface CallbackEndpoint {
  /** The address without its query, which may be another for every session, and without a user and password. */
  readonly url: string;
  readonly environment: 'test' | 'live';
  readonly owed: number;
  readonly delivered: number;
  /** Tried, and not taken yet. */
  readonly failing: number;
  readonly dead: number;
  /** Of the last one that was tried. */
  readonly lastStatus: number | null;
  readonly lastProblem: string | null;
  readonly lastDeliveredAt: Date | null;
  /** Seconds. */
  readonly lagP50: number | null;
}
