import type { Money } from '../format/money';

/** The public states of a session. */
export const STATUSES = [
  'pending',
  'processing',
  'challenged',
  'approved',
  'attempted',
  'declined',
  'rejected',
  'unavailable',
  'challenge_abandoned',
  'expired',
] as const;
export type SessionStatus = (typeof STATUSES)[number];

export type LiabilityShift = 'yes' | 'no' | 'unknown';

/** What a result means to the merchant. */
export interface Verdict {
  readonly liabilityShift: LiabilityShift;
  readonly advice:
    'authorize' | 'authorize_without_shift' | 'do_not_authorize' | 'retry_or_authorize_without_shift' | 'retry';
  readonly text: string;
}

/** A session as a list shows it. */
export interface SessionLine {
  readonly id: string;
  readonly merchantId: string;
  readonly merchantName: string;
  readonly channelId: string;
  readonly environment: 'test' | 'live';
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finalAt: string | null;
  readonly status: SessionStatus;
  readonly statusReason: string | null;
  readonly verdict: Verdict | null;
  readonly transStatus: string | null;
  readonly transStatusReason: string | null;
  readonly eci: string | null;
  readonly scheme: string;
  readonly bin: string | null;
  readonly lastFour: string | null;
  readonly amount: Money;
  readonly reference: string | null;
  readonly flow: 'hosted' | 'non_hosted';
  readonly deviceChannel: 'browser' | 'app' | 'merchant_initiated' | null;
  readonly category: 'payment' | 'non_payment';
  readonly authenticationType: string;
  readonly protocolVersion: string | null;
  readonly connector: string;
  readonly attempts: number;
  readonly acs: { readonly referenceNumber: string | null; readonly operatorId: string | null } | null;
  readonly isChallenged: boolean | null;
  readonly callback: 'none' | 'due' | 'delivered' | 'failed';
  readonly isPastDeadline: boolean;
  readonly retryOf: string | null;
  readonly isDemo: boolean;
}
