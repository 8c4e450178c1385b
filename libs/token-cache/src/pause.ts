import { setTimeout as sleep } from 'node:timers/promises';

/** DI token of the `Pause`. */
export const PAUSE = Symbol('PAUSE');

/** Resolves after `ms` real milliseconds: what tests replace. */
export type Pause = (ms: number) => Promise<void>;

export const realPause: Pause = (ms) => sleep(ms);
