import type { Job } from '../providers/acts';

/** How far a job is. */
export interface Progress {
  /** Those that were tried. What was skipped, because it ended before, was not. */
  readonly over: number;
  /** The same of a hundred. */
  readonly percent: number;
}

/** How far a job is, or came. */
export function progressOf({ total, counts: { done, failed } }: Pick<Job, 'total' | 'counts'>): Progress {
  const over = done + failed;
  return { over, percent: total === 0 ? 100 : (over / total) * 100 };
}
