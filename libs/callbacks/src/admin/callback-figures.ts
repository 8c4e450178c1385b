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

/** Messages of the last hour, by when they were put on the books; lags are from then to the acknowledgement, in seconds. */
export interface CallbackHour {
  readonly owed: number;
  readonly delivered: number;
  readonly atFirstTry: number;
  readonly lagP50: number | null;
  readonly lagP95: number | null;
  /** The median of each minute, the oldest first; null where none was delivered. */
  readonly lagPerMinute: readonly (number | null)[];
}
