import type { Tone } from '../theme/tokens';
import type { Slice, Trend } from './types';

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

/** A point with when it begins and ends. */
export interface Span extends Slice {
  /** When its hour, day or week begins. */
  readonly at: string;
  /** When what it counts does: the first and the last one only as far as the report goes. */
  readonly window: { readonly gte: string; readonly lt: string };
}

/** The points of a trend, each with its window. */
export function spansOf({ from, to, points }: Trend): readonly Span[] {
  return points.map((point, index) => ({
    ...point,
    window: { gte: index === 0 ? from : point.at, lt: points[index + 1]?.at ?? to },
  }));
}
