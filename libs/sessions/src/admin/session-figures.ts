/** Figures of sessions by the definitions of the metric catalogue: each session counts in the minute of its creation. */
export interface SessionFigures {
  readonly sessions: number;
  /** A request for authentication went out. */
  readonly submitted: number;
  /** Submitted, and not as data only (transStatus I). */
  readonly submittedForAuthentication: number;
  readonly approved: number;
  readonly attempted: number;
  /** Submitted, and a final answer came without a challenge. */
  readonly frictionless: number;
  readonly challengeRequested: number;
}

/** The last hour of one environment. */
export interface HourOfSessions extends SessionFigures {
  readonly environment: 'test' | 'live';
  /** The figures of each minute, the oldest first. */
  readonly minutes: readonly SessionFigures[];
  /** Open sessions whose deadline passed more than a minute ago, however old they are: there should be none. */
  readonly pastDeadline: number;
}

/** A rate whose denominator is nothing is absent, not 0. */
export const rateOf = (numerator: number, denominator: number): number | null =>
  denominator === 0 ? null : numerator / denominator;
