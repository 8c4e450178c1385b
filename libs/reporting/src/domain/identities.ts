import type { CountId, Counts } from './reported-session';

/** A sum that must come out the same on both sides, in every slice and hour. */
export interface Identity {
  readonly id: string;
  readonly title: string;
  readonly whole: CountId;
  readonly parts: readonly CountId[];
}

export const IDENTITIES: readonly Identity[] = [
  {
    id: 'by_phase',
    title: 'Every session stands somewhere in the funnel, and nowhere twice',
    whole: 'sessions',
    parts: ['awaiting', 'not_submitted', 'frictionless', 'challenge_requested', 'failed_before_answer'],
  },
  {
    id: 'by_status',
    title: 'Every session is open or has one final status',
    whole: 'sessions',
    parts: [
      'open',
      'approved',
      'attempted',
      'data_only',
      'declined',
      'rejected',
      'unavailable',
      'challenge_abandoned',
      'expired',
    ],
  },
];

/** By how much the parts exceed the whole: 0 where the identity holds. */
export function excessOf({ whole, parts }: Identity, counts: Counts): number {
  return parts.reduce((sum, part) => sum + counts[part], 0) - counts[whole];
}
