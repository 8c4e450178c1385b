import type { Choice } from '../list/filter-field';
import type { Tone } from '../theme/tokens';
import type { Environment } from './types';

interface Word {
  readonly label: string;
  readonly tone: Tone;
}

export const MERCHANT_STATES: Readonly<Record<'active' | 'suspended', Word>> = {
  active: { label: 'Active', tone: 'good' },
  suspended: { label: 'Suspended', tone: 'bad' },
};

export const KEY_STATES: Readonly<Record<'active' | 'ending' | 'ended', Word>> = {
  active: { label: 'Active', tone: 'good' },
  ending: { label: 'Ending', tone: 'warn' },
  ended: { label: 'Ended', tone: 'neutral' },
};

export const ACCOUNT_STATES: Readonly<Record<'active' | 'disabled', Word>> = {
  active: { label: 'Active', tone: 'good' },
  disabled: { label: 'Disabled', tone: 'neutral' },
};

export const ENVIRONMENTS: readonly Choice<Environment>[] = [
  { value: 'test', label: 'Test' },
  { value: 'live', label: 'Live' },
];

/** How long the old one goes on where another takes its place. */
export const OVERLAPS: readonly Choice[] = [
  { value: '0', label: 'None: it ends now' },
  { value: '1', label: 'One hour' },
  { value: '24', label: 'One day' },
  { value: '168', label: 'One week' },
  { value: '720', label: '30 days' },
];

export const choicesOf = (words: Readonly<Record<string, Word>>): readonly Choice[] =>
  Object.entries(words).map(([value, { label }]) => ({ value, label }));
