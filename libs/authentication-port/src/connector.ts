import type { AttemptRequest, Capability, ConnectorId } from './request';
import type {
  Attempt,
  MaskedNotice,
  NoticeAnswer,
  NoticeSecrets,
  Plan,
  Signal,
  StartedAttempt,
  Step,
  TransStatus,
} from './step';

/**
 * What does the authentication. Adapters are stateless about sessions: what they need comes in with the attempt, what
 * they learn goes out in the step. None of the verbs throws for what the outside world did; a throw is a bug. The verbs
 * are properties, because the compiler compares the parameters of methods only loosely.
 */
export interface AuthenticationConnector {
  readonly id: ConnectorId;
  readonly supports: ReadonlySet<Capability>;

  /** Whether `fetch` can learn anything: sessions then asks after silence, on notices and when a merchant reads. */
  readonly inquires: boolean;

  /** Scheme, version, method URL and transaction id, from reference data in memory. No network. */
  readonly plan: (request: AttemptRequest) => Plan;

  /**
   * Whether asking has a chance at present, from memory. A route prefers connectors that say so. Absent: always.
   */
  readonly isHealthy?: (request: Pick<AttemptRequest, 'merchantId' | 'environment'>) => boolean;

  /**
   * Asks the issuer side. Called once per attempt, with device data present and stored as asked; or, where the plan
   * `startsAt` creation, at once, with or without device data (stored as asked only with).
   */
  readonly start: (attempt: Attempt) => Promise<Step>;

  /** Tells the attempt what happened. Makes no network call for a notice. */
  readonly advance: (attempt: StartedAttempt, signal: Signal) => Promise<Step>;

  /** What can still be learned after silence. */
  readonly fetch: (attempt: StartedAttempt) => Promise<Step>;
}

/** The answer to a notice, or the fact that no attempt has this correlation. */
export type Ack = { outcome: 'answered'; answer: NoticeAnswer } | { outcome: 'unknown' };

/** Whose notice it is, where the sender proved it: sessions of others are unknown to it. */
export type NoticeOwner = Pick<AttemptRequest, 'merchantId' | 'environment'>;

/**
 * What became of a cardholder's return. `notificationUrl` is the merchant's own, where the session has one. `returnUrl` is
 * our own page for the cardholder, where the browser brought back what proves that it was there.
 */
export type ChallengeReturn =
  { known: false } | { known: true; notificationUrl: string | null; returnUrl: string | null };

/** Implemented by sessions, called by connectors' controllers. */
export interface NoticeInbox {
  /**
   * Stores the notice, finds the attempt by `correlationKey`, decides under the row's version, and returns what to
   * answer. `noticeId` names the notice: the same one again gets the same answer and has no second effect.
   */
  accept(
    connector: ConnectorId,
    noticeId: string,
    correlationKey: string,
    notice: MaskedNotice,
    secrets: NoticeSecrets,
    owner?: NoticeOwner,
  ): Promise<Ack>;

  /**
   * Tells the attempt that the cardholder's browser came back from the challenge: the attempt that `correlationKey` names,
   * where what came back names one, else that of `sessionData` (EMV threeDSSessionData as it came back, unchecked). Changes no
   * result, whatever `claim` says (transStatus of the CRes, where results are known before browsers are back): that is the notice's.
   */
  challengeReturned(
    connector: ConnectorId,
    correlationKey: string | null,
    sessionData?: string,
    claim?: TransStatus,
  ): Promise<ChallengeReturn>;
}

/** DI tokens: bound by the server, which alone knows both sides. */
export const AUTHENTICATION_CONNECTORS = Symbol('AUTHENTICATION_CONNECTORS');
export const NOTICE_INBOX = Symbol('NOTICE_INBOX');
