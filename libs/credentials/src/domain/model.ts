import type { Scheme, Secret } from '@app/kernel';
import type { Branding } from './branding';
import type { Route } from './route';

/** The two worlds that never meet: a column of channels, access keys, sessions and cards. */
export const ENVIRONMENTS = ['test', 'live'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

export const MERCHANT_STATUSES = ['active', 'suspended'] as const;

export type MerchantStatus = (typeof MERCHANT_STATUSES)[number];

/** A tenant. `id` is a UUID. */
export interface Merchant {
  id: string;
  name: string;
  status: MerchantStatus;
  createdAt: Date;
  /** One more with every change of it. */
  version: number;
}

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

/** What a merchant decided for one sales channel. */
export interface ChannelSettings {
  name: string;
  /** Which connectors are asked, in which order and for which sessions; see `chooseRoute`. */
  route: Route;
  /** For co-badged cards where the cardholder did not choose, most wanted first. */
  preferredSchemes: readonly Scheme[];
  /** Life of a session that is not final, 5 to 60. */
  sessionMinutes: number;
  /** How long the card number outlives the final status, 0 to 1440. */
  cardRetentionMinutes: number;
  /** Whether we complete by ourselves when the merchant does not. */
  autoComplete: boolean;
}

/** A merchant's sales channel with everything a session needs of it. Ids are UUIDs. */
export interface Channel extends ChannelSettings {
  id: string;
  merchantId: string;
  environment: Environment;
  /** Ids of all connectors that the route names, in its order. */
  connectors: readonly string[];
  acquirers: ReadonlyMap<Scheme, AcquirerRecord>;
  /** How the pages look that its customers see. */
  branding: Branding;
  /** Standard Webhooks form, `whsec_…`. */
  webhookSecret: Secret | null;
  /** One more with every change of it, its look and its acquirer records included. */
  version: number;
}

/** An access key without its secret, for lists. Ids are UUIDs. */
export interface AccessKey {
  id: string;
  merchantId: string;
  environment: Environment;
  defaultChannelId: string | null;
  scopes: readonly string[];
  tokenTtlSeconds: number;
  createdAt: Date;
  /** To the minute. */
  lastUsedAt: Date | null;
  /** From when it does not count any more; to come where another one takes its place. */
  revokedAt: Date | null;
}

/** Who calls with an access token. `scopes` has the specific scopes, also where the token holds an umbrella. */
export interface AccessTokenActor {
  merchantId: string;
  environment: Environment;
  accessKeyId: string;
  scopes: ReadonlySet<string>;
  defaultChannelId: string | null;
}

/** A public signing key and its calendar, without the private part. */
export interface SigningKeyInfo {
  kid: string;
  createdAt: Date;
  /** Signing starts here; published since `createdAt`. */
  activatesAt: Date;
  /** No longer published or accepted from here; null while it is the newest. */
  retiresAt: Date | null;
}
