import { setTimeout as sleep } from 'node:timers/promises';

/** DI token of the `Pause`. */
export const PAUSE = Symbol('PAUSE');

/** Resolves after `ms` real milliseconds: what tests replace. */
export type Pause = (ms: number) => Promise<void>;

export const realPause: Pause = (ms) => sleep(ms);

/** The outcome of `work`, or null when it takes longer than `ms`. `work` goes on. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
