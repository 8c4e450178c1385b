import type {
  AttemptProgress,
  ConnectorId,
  ConnectorState,
  DeviceData,
  Environment,
  Facts,
  Purchase,
  Source,
  SourceDetails,
} from '@app/authentication-port';
import type { Scheme } from '@app/kernel';
import type { SessionStatus } from './session.machine';

export type Flow = 'hosted' | 'non_hosted';
/** Where the cardholder of a hosted session goes back to the merchant, by its end (section 7.2). */
export interface ReturnUrls {
  success: string;
  failure: string;
}
export type MethodCompletion = 'Y' | 'N' | 'U';
/** Where the cardholder is, in the contract's words (section 5.4). */
export type DeviceChannel = DeviceData['channel'];
/** The two channels that tokens are scoped for (section 3). */
export type ScopeChannel = Exclude<DeviceChannel, 'merchant_initiated'>;

/** Why a session is unavailable (sessions-api.md section 6, `status_reason`). */
export type StatusReason = 'ares_error' | 'ares_status' | 'rreq_error' | 'rreq_status' | 'risk_declined';

/** Who closed the session: the merchant's call, we on the merchant's behalf, or its own end where it is hosted. */
export type CompletedBy = 'merchant' | 'callback' | 'end';

/** What must be remembered of the request beside columns of its own: checked, free of card data, JSON-safe. */
export interface RequestDetails {
  source: SourceDetails & {
    kind: Source['kind'];
    /** The upstream's name of the card, for the kinds `id` and `token`. */
    reference?: string;
  };
  purchase: Omit<Purchase, 'amountMinor' | 'currency'>;
  /** Fields that are only echoed, by their wire name. */
  echo: Readonly<Record<string, unknown>>;
}

/** One request to authenticate a cardholder, as stored, without its card number. */
export interface Session {
  id: string;
  merchantId: string;
  channelId: string;
  accessKeyId: string;
  environment: Environment;
  status: SessionStatus;
  statusReason: StatusReason | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  /** When a session that is not final is settled at the latest; null once final. */
  deadlineAt: Date | null;
  finalAt: Date | null;
  completedAt: Date | null;
  completedBy: CompletedBy | null;
  flow: Flow;
  /** Known once device data came. */
  deviceChannel: DeviceChannel | null;
  /** The channel that a token must be scoped for to read the session; null: any of the two. */
  scopeChannel: ScopeChannel | null;
  amountMinor: number;
  currency: string;
  reference: string | null;
  details: RequestDetails;
  device: DeviceData | null;
  methodCompletion: MethodCompletion | null;
  callbackUrl: string | null;
  challengeNotificationUrl: string | null;
  /** Of hosted sessions, and of them always. */
  returnUrls: ReturnUrls | null;
  secretHash: Buffer;
  secretSealed: Buffer;
  /** Null where the source is a name that an upstream gave to a card. */
  bin: string | null;
  lastFour: string | null;
  cardFingerprint: string | null;
  /** Fingerprints compare within one merchant and key version. */
  cardFingerprintKeyVersion: number | null;
  /** The kept card that it is of (UUID), where it is one. */
  instrumentId: string | null;
  cardRetentionMinutes: number;
  /** Whether the cardholder was challenged; null until the issuer side has finished. */
  challenged: boolean | null;
  /** The session (UUID) in whose place an operator made it. */
  retryOf: string | null;
  /** How long it may wait for its cardholder from its creation, where that is not for its channel to say. */
  lifeMinutes: number | null;
  /** Why the request was turned away; the merchant was told the reason instead of the session. */
  refusalCode: string | null;
  /** When the connector is asked what became of it; null: not at all. */
  inquireAt: Date | null;
  attempt: StoredAttempt;
  /** Next free positions in the story. */
  eventSeq: number;
  exchangeSeq: number;
}

/** The present try at a connector. The authentication value is apart, sealed, with a life of its own. */
export interface StoredAttempt {
  number: number;
  connector: ConnectorId;
  scheme: Scheme;
  protocolVersion: string;
  transactionId: string;
  methodUrl: string | null;
  directoryServerId: string;
  /** When the connector is asked first, as it planned it. */
  startsAt: 'channel_data' | 'creation';
  /** What notices name the attempt by from the beginning; null: the transaction id, once the request is out. */
  correlationKey: string | null;
  progress: AttemptProgress;
  state: ConnectorState;
  facts: Omit<Facts, 'authenticationValue'>;
  authenticationValueSealed: Buffer | null;
  authenticationValueExpiresAt: Date | null;
}

/** A line of what happened, append-only. `actor` is a wire id, `issuer`, `cardholder` or `system`. */
export interface SessionEvent {
  type: string;
  from: SessionStatus | null;
  to: SessionStatus;
  at: Date;
  actor: string;
  attemptNumber: number;
  data: Readonly<Record<string, unknown>>;
}
