import type { Environment } from '@app/credentials';
import type { CallbackKind } from './callback-kind';
import type { DeliveryProblem } from './delivery-problem';

/** What the merchant reads. The authentication value is never part of it: that is added when it is sent. */
export type CallbackPayload = Readonly<Record<string, unknown>> & { readonly cryptogram?: never; readonly xid?: never };

/** A message to put on the books. All ids are uuids; `dueAt` is when the sweeper first takes it. */
export interface NewCallback {
  readonly kind: CallbackKind;
  readonly merchantId: string;
  readonly environment: Environment;
  readonly channelId: string;
  readonly sessionId: string;
  readonly url: string;
  readonly payload: CallbackPayload;
  readonly dueAt: Date;
}

/** A message that this process alone may send, until its claim runs out. */
export interface ClaimedCallback {
  readonly id: string;
  readonly merchantId: string;
  readonly environment: Environment;
  readonly channelId: string;
  readonly sessionId: string;
  readonly kind: CallbackKind;
  readonly url: string;
  readonly payload: CallbackPayload;
  /** Number of this try, from 1; also the fence of the claim. */
  readonly try: number;
  /** Tries of the schedule made before this one. */
  readonly step: number;
  /** When the schedule wants it sent; null when given up. */
  readonly nextTryAt: Date | null;
  readonly createdAt: Date;
  /** The merchant has it, and is sent it once more because an operator wants it so. */
  readonly isResend: boolean;
}

/** Where a message stands, for a caller that waits for another's try. */
export interface CallbackStanding {
  readonly delivered: boolean;
  readonly claimedUntil: Date | null;
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
}

/** What one try brought: a status when an answer came, a problem unless it was a 2xx. */
export interface TryResult {
  readonly status: number | null;
  readonly problem: DeliveryProblem | null;
  readonly latencyMs: number;
}
