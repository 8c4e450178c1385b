import type { Tone } from '../theme/tokens';
import type { LiabilityShift, SessionStatus } from './types';

interface Word {
  readonly label: string;
  readonly tone: Tone;
}

/** The states as they are called here, and what colour says them. */
export const STATUS_WORDS: Readonly<Record<SessionStatus, Word>> = {
  pending: { label: 'Pending', tone: 'neutral' },
  processing: { label: 'Processing', tone: 'info' },
  challenged: { label: 'Challenged', tone: 'busy' },
  approved: { label: 'Approved', tone: 'good' },
  attempted: { label: 'Attempted', tone: 'settled' },
  declined: { label: 'Declined', tone: 'bad' },
  rejected: { label: 'Rejected', tone: 'bad' },
  unavailable: { label: 'Unavailable', tone: 'warn' },
  challenge_abandoned: { label: 'Abandoned', tone: 'warn' },
  expired: { label: 'Expired', tone: 'neutral' },
};

export const LIABILITY_WORDS: Readonly<Record<LiabilityShift, Word>> = {
  yes: { label: 'Shifted to the issuer', tone: 'good' },
  no: { label: 'Stays with the merchant', tone: 'bad' },
  unknown: { label: 'Not certain', tone: 'warn' },
};
