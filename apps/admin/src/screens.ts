import { audit } from './audit';
import type { Screen } from './layout/screens';
import { sessions } from './sessions';

/** Every screen of the console, in the order of the menu. */
export const SCREENS: readonly Screen[] = [sessions, audit];
