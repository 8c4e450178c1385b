import type { Scheme, Secret } from '@app/kernel';
import type { AttemptRequest, BrowserData, ConnectorState, DeviceData } from './request';

/** What a connector answers before anything is asked of the issuer side. No network, no clock of its own. */
export type Plan =
  | {
      outcome: 'planned';
      scheme: Scheme;
      /** For example `2.2.0`. */
      protocolVersion: string;
      /** The 3DS Server transaction id (UUID): also `transaction_id` on the wire. */
      transactionId: string;
      /** Where the issuer's 3DS Method is, when the card's range has one. */
      methodUrl?: string;
      /** `id` is the registered application provider identifier, such as `A000000003`. */
      directoryServer: { id: string; referenceNumber?: string };
      /**
       * When the connector is asked first: once the device data is there (what stands above is certain), or at creation,
       * with or without device data, because only its upstream knows; what stands above is then a guess until the first
       * step says better (`identity`). Default `channel_data`.
       */
      startsAt?: 'channel_data' | 'creation';
      /** What notices will name the attempt by. Default: the transaction id. */
      correlationKey?: string;
      /** Opaque to sessions; kept on the attempt and given back. */
      state: ConnectorState;
    }
  | {
      outcome: 'refused';
      /** An `error_codes` value of section 9, such as `card_not_enrolled`. */
      code: string;
      /** Known even where the card is refused, for the row that operators see. */
      scheme?: Scheme;
    };

/** How far an attempt is. */
export type AttemptProgress = 'planned' | 'opened' | 'asked' | 'answered' | 'settled';

/** An attempt as a connector sees it: the request, what was planned, and what it said last time. */
export interface Attempt {
  request: AttemptRequest;
  number: number;
  scheme: Scheme;
  protocolVersion: string;
  transactionId: string;
  methodUrl?: string;
  browser?: BrowserData;
  /** Device data of whatever channel; with channel `browser` the same as `browser`. */
  device?: DeviceData;
  /** EMV threeDSCompInd: Y ran in time, N did not, U no method URL (docs/choices, "3DS Method indicator"). */
  methodCompletion: 'Y' | 'N' | 'U';
  /**
   * `opened` once an upstream knows it and waits for device data, `asked` once the issuer side was called, `answered`
   * once its answer was stored, `settled` once final.
   */
  progress: AttemptProgress;
  /** What earlier steps learned. */
  facts: Facts;
  state: ConnectorState;
}

/** An attempt after it was started: without the source, so that a card number is not opened where nobody needs it. */
export type StartedAttempt = Omit<Attempt, 'request' | 'browser' | 'device'> & {
  request: Omit<AttemptRequest, 'source'>;
};

/** What happens to an attempt after it was started, in neutral words. */
export type Signal =
  | { type: 'notice'; notice: MaskedNotice; secrets: NoticeSecrets }
  /** Device data for an attempt that was `opened` without; stored as asked before the connector is told. */
  | { type: 'channel_data'; device: DeviceData; methodCompletion: 'Y' | 'N' | 'U' }
  /** The 3DS Method had its turn; device data is there when `willAsk` (stored as asked), else it still comes. */
  | { type: 'method_completion'; methodCompletion: 'Y' | 'N' | 'U'; willAsk: boolean }
  /**
   * The merchant has completed its session: an upstream that wants to be told is told. `final`, or a state that remembers it, says
   * that nothing is left to tell; anything else is tried again for an hour.
   */
  | { type: 'completed' }
  | { type: 'challenge_returned' }
  | { type: 'challenge_declined' }
  | { type: 'timer' };

/** A notice's body as it may be kept: card numbers and authentication values are taken out by the connector. */
export type MaskedNotice = Readonly<Record<string, unknown>>;

/** What was taken out of a notice and must reach the session all the same. Never stored in clear. */
export interface NoticeSecrets {
  authenticationValue?: Secret;
}

export type TransStatus = 'Y' | 'N' | 'U' | 'A' | 'C' | 'D' | 'R' | 'I' | 'S';

/** An EMV error message's fields (emv-3ds.md section 2.10), or our own words for a failed call. */
export interface ErrorFacts {
  code: string;
  /** C SDK, S 3DS Server, D directory server, A ACS. */
  component: string;
  description: string;
  detail: string;
  messageType?: string;
}

/** The issuer's access control server, as the answer named it. */
export interface AcsFacts {
  transactionId: string;
  /** Not known while only a result told of the server. */
  referenceNumber?: string;
  operatorId?: string;
  url?: string;
  challengeMandated?: boolean;
  /** JWS with which an app's SDK starts the challenge. */
  signedContent?: string;
  /** `native_ui` or `html`, and the template (section 6.3). */
  interface?: string;
  uiTemplate?: string;
  /** Two digits: 01 static, 02 dynamic, 03 out of band. */
  authenticationType?: string;
}

/** Everything learned from the issuer side, as received. Absent means not said. Merged over earlier facts. */
export interface Facts {
  dsTransactionId?: string;
  dsReferenceNumber?: string;
  acs?: AcsFacts;
  transStatus?: TransStatus;
  transStatusReason?: string;
  /** Which message decided: the answer to the request, or the result request after a challenge. */
  resultSource?: 'ARes' | 'RReq';
  eci?: string;
  /** CAVV or AAV, base64. OAuth only, for 24 hours. */
  authenticationValue?: Secret;
  /** Base64url CReq, ready to post to `acs.url`. */
  challengeRequest?: string;
  challengeCancel?: string;
  interactionCounter?: string;
  resultsStatus?: string;
  cardholderInfo?: string;
  whiteListStatus?: string;
  whiteListStatusSource?: string;
  error?: ErrorFacts;
  /** How far a session was that its cardholder cancelled on our page; the issuer side said nothing of it. */
  cancelled?: 'before_request' | 'before_challenge';
  /** An operator ended the session before anybody had answered for it. */
  endedByOperator?: true;
  /** Whether the cardholder was challenged, where an upstream says so. */
  challenged?: boolean;
  /** What an upstream of our own contract said beside the result; by wire name, section 6. */
  upstream?: UpstreamFacts;
}

/** A session at an upstream that speaks our own contract, in its words (section 6). */
export interface UpstreamFacts {
  /** `sid_…` there: a payment at that upstream's gateway can name it. */
  sessionId?: string;
  status?: string;
  statusReason?: string;
  errorType?: string;
  errorCodes?: readonly string[];
  /** `card.instrument_id` there, `src_…`. */
  instrumentId?: string;
  /** Members that are shown as they came: `scheme_info`, `exemption`, `certificates`, `card.metadata`, `xid`, … */
  members?: Readonly<Record<string, unknown>>;
}

/** What an upstream knows better than the plan. Absent members stand as planned; `methodUrl` null: there is none. */
export interface AttemptIdentity {
  scheme?: Scheme;
  protocolVersion?: string;
  transactionId?: string;
  methodUrl?: string | null;
  directoryServerId?: string;
}

/** One masked protocol message or upstream call. `latencyMs` is set on what answered a call. */
export interface Exchange {
  direction: 'sent' | 'received';
  /** For example `AReq`. */
  messageType: string;
  at: Date;
  latencyMs?: number;
  /** Masked: no card number, no authentication value. */
  body: Readonly<Record<string, unknown>> | null;
  /** What could not be understood, or how the call failed. */
  problem?: string;
}

/** What to answer to a notice; kept, so that the same notice gets the same answer. Holds no secret. */
export interface NoticeAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** A step that tells something, other than that the request went nowhere. */
export type LearnedStep = Extract<Step, { facts: Facts }>;

/** What a connector learned and what comes next. */
export type Step =
  | {
      /**
       * `need_channel_data`: an upstream waits for device data. `need_method`: it has them and waits for the 3DS Method;
       * nothing was asked of the issuer yet.
       */
      next: 'need_channel_data' | 'need_method' | 'challenge' | 'decoupled' | 'waiting' | 'final';
      facts: Facts;
      /** Only from a connector that starts at creation. */
      identity?: AttemptIdentity;
      /** Further names that notices may use for the attempt from now on. */
      correlationKeys?: readonly string[];
      /** The connector has learned that there is news to fetch: `fetch` is called soon, outside of any transaction. */
      inquire?: boolean;
      state: ConnectorState;
      exchanges: readonly Exchange[];
      /** When the issuer side will have given up; sessions takes the earlier of this and its own. */
      deadline?: Date;
      /** Only for `final` without an issuer's word: why (section 6, `status_reason`). */
      failure?: 'ares_error' | 'rreq_error' | 'ares_status' | 'rreq_status' | 'risk_declined';
      /** Only for `final` without a letter: an upstream says that its session ended so. */
      ended?: 'challenge_abandoned' | 'expired';
      /** Only in answer to a notice. */
      answer?: NoticeAnswer;
      /**
       * Only in answer to a notice: false when the notice was refused and must leave the attempt as it is (ids that do
       * not match, a second result).
       */
      effective?: boolean;
    }
  | {
      /**
       * The request was turned away before anything was asked of an issuer, and the merchant can do something about it:
       * fields that are wrong (422) or a rule (403). `codes` are `error_codes` of section 9.
       */
      next: 'refused';
      kind: 'invalid' | 'not_allowed';
      codes: readonly string[];
      cause: ErrorFacts;
      exchanges: readonly Exchange[];
    }
  | {
      next: 'unreachable';
      /** False only when nothing can have reached the issuer side: another connector may be tried. */
      issuerMayHaveSeen: boolean;
      cause: ErrorFacts;
      exchanges: readonly Exchange[];
    };
