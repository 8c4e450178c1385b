import type { Tone } from '../theme/tokens';

/** One line or colour of a trend. */
interface Series {
  readonly id: string;
  readonly title: string;
  readonly tone: Tone;
}

/** How sessions ended, or that they did not; each session is in one of them. */
export const OUTCOMES: readonly (Series & { readonly counts: readonly string[] })[] = [
  { id: 'approved', title: 'Approved', tone: 'good', counts: ['approved'] },
  { id: 'attempted', title: 'Attempted or data only', tone: 'settled', counts: ['attempted', 'data_only'] },
  { id: 'declined', title: 'Declined or rejected', tone: 'bad', counts: ['declined', 'rejected'] },
  { id: 'lost', title: 'Abandoned or unavailable', tone: 'warn', counts: ['challenge_abandoned', 'unavailable'] },
  { id: 'other', title: 'Expired or open', tone: 'neutral', counts: ['expired', 'open'] },
];

/** Rates worth a line. */
export const RATES: readonly Series[] = [
  { id: 'authentication', title: 'Authentication rate', tone: 'good' },
  { id: 'frictionless', title: 'Frictionless rate', tone: 'info' },
  { id: 'challenge_success', title: 'Challenge success rate', tone: 'busy' },
  { id: 'technical_failure', title: 'Technical failure rate', tone: 'warn' },
];

/** How many sessions of a point counted as one of `of`. */
export const sumOf = (counts: Readonly<Record<string, number>>, of: readonly string[]): number =>
  of.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
