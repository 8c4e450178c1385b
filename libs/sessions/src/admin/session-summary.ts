import type { Environment, Facts } from '@app/authentication-port';
import type { BinFacts } from '@app/cards';
import type { Scheme } from '@app/kernel';
import type { DeviceChannel, Flow, RequestDetails, StatusReason } from '../domain/session';
import type { SessionStatus } from '../domain/session.machine';

/** A session as operators see it: without its secrets, whether or not it was turned away. Ids are UUIDs. */
export interface SessionSummary extends BinFacts {
  readonly id: string;
  readonly merchantId: string;
  readonly channelId: string;
  readonly environment: Environment;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deadlineAt: Date | null;
  readonly finalAt: Date | null;
  readonly completedAt: Date | null;
  readonly status: SessionStatus;
  readonly statusReason: StatusReason | null;
  readonly refusalCode: string | null;
  readonly flow: Flow;
  readonly deviceChannel: DeviceChannel | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reference: string | null;
  readonly purchase: RequestDetails['purchase'];
  readonly scheme: Scheme | null;
  readonly bin: string | null;
  readonly lastFour: string | null;
  readonly challenged: boolean | null;
  readonly callbackUrl: string | null;
  readonly retryOf: string | null;
  /** The number of the present attempt; 0 where the request was turned away. */
  readonly attempts: number;
  readonly attempt: PresentAttempt | null;
}

/** What is kept of the present attempt for people. */
export interface PresentAttempt {
  readonly connector: string;
  readonly protocolVersion: string;
  readonly transactionId: string;
  readonly facts: Omit<Facts, 'authenticationValue'>;
}
