import type { Pan, Scheme } from '@app/kernel';

/** The two worlds that never meet: a column of channels, keys, sessions and cards. */
export type Environment = 'test' | 'live';

/** What a connector can do; ask before a session is stored, refuse at creation, never mid-flight. */
export type Capability = 'browser' | 'app' | 'threeRI' | 'decoupled' | 'instrumentPassThrough';

export type ConnectorId = string;

/** Opaque to sessions, JSON-safe, free of card data and secrets. */
export type ConnectorState = Readonly<Record<string, unknown>>;

/** Postal address as the Sessions API has it (section 5.8). `country` is ISO 3166-1 alpha-2. */
export interface Address {
  line1?: string;
  line2?: string;
  line3?: string;
  city?: string;
  state?: string;
  zip?: string;
  country?: string;
}

/** `countryCode` 1 to 3 digits, `number` up to 15 digits. */
export interface Phone {
  countryCode: string;
  number: string;
}

/** What is known of the payer beside the thing that is authenticated. */
export interface SourceDetails {
  /** Whether the merchant had the details on file. */
  stored: boolean;
  /** The cardholder's choice on a co-badged card. */
  scheme?: Scheme;
  name?: string;
  email?: string;
  billingAddress?: Address;
  homePhone?: Phone;
  mobilePhone?: Phone;
  workPhone?: Phone;
}

/** A card number, or a network token in its place. */
export interface CardSource extends SourceDetails {
  kind: 'card' | 'network_token';
  number: Pan;
  /** 1 to 12. */
  expiryMonth: number;
  /** Four digits. */
  expiryYear: number;
}

/** A name that a connector's upstream gave to a card: `src_…` (`id`) or `tok_…` (`token`). */
export interface InstrumentSource extends SourceDetails {
  kind: 'id' | 'token';
  reference: string;
}

/** The thing that is authenticated (section 5.2). */
export type Source = CardSource | InstrumentSource;

/** Who the merchant is to one scheme: what an acquirer registered. `countryCode` and `mcc` are numeric text. */
export interface AcquirerRecord {
  scheme: Scheme;
  acquirerBin: string;
  acquirerMerchantId: string;
  /** ISO 18245, four digits. */
  mcc: string;
  /** ISO 3166-1 numeric, three digits. */
  countryCode: string;
  merchantName: string;
  requestorId: string;
  requestorName: string;
  requestorUrl: string;
}

/**
 * The purchase and what is known about it, in the words of the Sessions API (sections 5.1 and 5.5 to 5.10), checked and
 * free of card data. Amounts are minor units; dates are ISO 8601 text as the merchant sent them.
 */
export interface Purchase {
  amountMinor: number;
  currency: string;
  authenticationType: 'regular' | 'recurring' | 'installment' | 'maintain_card' | 'add_card';
  authenticationCategory: 'payment' | 'non_payment';
  challengeIndicator: string;
  transactionType: string;
  billingDescriptorName?: string;
  shippingAddress?: Address;
  shippingAddressMatchesBilling?: boolean;
  accountInfo?: Readonly<Record<string, unknown>>;
  merchantRiskInfo?: Readonly<Record<string, unknown>>;
  recurring?: { daysBetweenPayments: number; expiry: string };
  installment?: { daysBetweenPayments: number; expiry: string; numberOfPayments: number };
  initialTransaction?: Readonly<Record<string, unknown>>;
  /** Members of the request, by wire name, that only an upstream of the same contract can act upon. */
  forUpstream?: Readonly<Record<string, unknown>>;
}

/** The cardholder's browser as the merchant's page or ours saw it (section 5.4); all text as on the wire. */
export interface BrowserData extends Partial<ScriptedData> {
  acceptHeader: string;
  /** False: the members of `ScriptedData` may be missing, and an issuer does not miss them (emv-3ds.md section 5.6). */
  javascriptEnabled: boolean;
  language: string;
  userAgent: string;
  ipAddress: string;
}

/** What only script in the browser can tell. */
export interface ScriptedData {
  javaEnabled: boolean;
  colorDepth: string;
  screenHeight: string;
  screenWidth: string;
  timezone: string;
}

/** What a 3DS SDK in the merchant's app gave (section 5.4, `app`), as on the wire. */
export interface AppData {
  sdkAppId: string;
  /** Minutes, at least 5. */
  sdkMaxTimeout: number;
  sdkEphemPubKey: { kty: string; crv: string; x: string; y: string };
  /** JWE, compact; only the directory server can read it. */
  sdkEncryptedData: string;
  sdkReferenceNumber: string;
  sdkTransactionId: string;
  sdkInterfaceType: 'native' | 'html' | 'both';
  sdkUiElements: readonly string[];
}

/** Where the cardholder is: at a browser, in an app, or not there (3RI, section 5.4). */
export type DeviceData =
  | { channel: 'browser'; browser: BrowserData }
  | { channel: 'app'; app: AppData }
  | { channel: 'merchant_initiated'; requestType: string };

/** An earlier session of the same merchant and environment: where it ran, and what that connector kept of it. */
export interface EarlierSession {
  connector: ConnectorId;
  state: ConnectorState;
}

/** Everything that a connector needs to plan and to ask, without storage of its own. */
export interface AttemptRequest {
  /** Canonical UUID. */
  sessionId: string;
  merchantId: string;
  environment: Environment;
  source: Source;
  purchase: Purchase;
  /** The channel's acquirer records, by scheme. */
  acquirers: ReadonlyMap<Scheme, AcquirerRecord>;
  /** The channel's order of schemes for co-badged cards where the cardholder did not choose. */
  preferredSchemes: readonly Scheme[];
  /** The session that `purchase.initialTransaction` names, when it is started and where it is one of the merchant's here. */
  initialSession?: EarlierSession;
  /** The merchant's own word for the order, up to 100 characters. */
  reference?: string;
  /** Where the issuer's challenge page posts its end (EMV notificationURL), when the merchant named an address of its own. */
  notificationUrl?: string;
  /** When the request was accepted. */
  at: Date;
}
