import type { Screen } from './layout/screens';

/** Every screen of the console, in the order of the menu. */
export const SCREENS: readonly Screen[] = [];
