/** DI token of the merchants (UUIDs) whose sessions were made up for a demo. The server binds it. */
export const DEMO_MERCHANTS = Symbol('DEMO_MERCHANTS');

/** What reports may take of the database, whose connections are shared with the payments of this process. */
export interface ReportLimits {
  /** Statements at once, and how many wait for their turn. */
  readonly running: number;
  readonly waiting: number;
  /** The longest that one waits for its turn, and then for its answer. */
  readonly patienceMs: number;
  readonly withinMs: number;
}

/** DI token of a process's `ReportLimits`. */
export const REPORT_LIMITS = Symbol('REPORT_LIMITS');

/** Two of the screen's reports at once leave the others' connections alone; all of one screen find room to wait. */
export const USUAL_LIMITS: ReportLimits = { running: 2, waiting: 32, patienceMs: 5_000, withinMs: 20_000 };
