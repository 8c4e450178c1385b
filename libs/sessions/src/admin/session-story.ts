import type { AttemptProgress, Exchange, Facts } from '@app/authentication-port';
import type { CallbackHistory } from '@app/callbacks';
import type { Leg } from '../domain/leg';
import type { RetryChain } from '../domain/retry';
import type { PageLeg } from '../domain/page-leg';
import type { SessionEvent } from '../domain/session';

/** Everything that is kept of how a session went, in order. */
export interface SessionStory {
  readonly events: readonly StoryEvent[];
  readonly attempts: readonly StoryAttempt[];
  readonly exchanges: readonly StoryExchange[];
  /** Which sessions stand before and behind it. */
  readonly chain: RetryChain;
  /** Which session it replays, and which replay it, the newest first. UUIDs. */
  readonly replays: { readonly of: string | null; readonly by: readonly string[] };
  /** What its merchant is owed or has. */
  readonly callbacks: readonly CallbackHistory[];
  /** When the cardholder's page came to which point; hosted sessions only. */
  readonly pageLegs: readonly { readonly leg: PageLeg; readonly at: Date }[];
}

export interface StoryEvent extends SessionEvent {
  readonly seq: number;
  readonly leg: Leg | null;
}

/** One try at a connector. */
export interface StoryAttempt {
  readonly number: number;
  readonly connector: string;
  readonly protocolVersion: string;
  readonly transactionId: string;
  readonly methodUrl: string | null;
  readonly progress: AttemptProgress;
  readonly facts: Omit<Facts, 'authenticationValue'>;
  readonly createdAt: Date;
}

/** One masked protocol message or upstream call. */
export interface StoryExchange {
  readonly seq: number;
  readonly attemptNumber: number;
  readonly direction: Exchange['direction'];
  readonly messageType: string;
  readonly at: Date;
  readonly latencyMs: number | null;
  readonly body: object | null;
  readonly problem: string | null;
}
