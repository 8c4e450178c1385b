import type { Secret } from '@app/kernel';
import type { Environment } from './model';

/** The connectors that need an account of the merchant's at somebody else's. */
export const ACCOUNT_CONNECTORS = ['checkout'] as const;

export type AccountConnector = (typeof ACCOUNT_CONNECTORS)[number];

/** A disabled account serves no new session; what is under way may still go on. */
export type ConnectorAccountStatus = 'active' | 'disabled';

/** What an upstream knows us by: a client of its OAuth server. */
export interface UpstreamCredential {
  clientId: string;
  clientSecret: Secret;
}

/** Where and for what an upstream's tokens are asked. */
export interface UpstreamTokenEndpoint {
  /** `checkout`, for logs. */
  connector: AccountConnector;
  tokenUrl: string;
}

/** What we hold at an upstream for a merchant, ready for use. Ids are UUIDs, addresses without trailing slash. */
export interface ConnectorAccountView extends UpstreamTokenEndpoint {
  id: string;
  merchantId: string;
  environment: Environment;
  name: string;
  /** Base of the upstream's API, such as `https://xyz.api.sandbox.checkout.com`. */
  apiBaseUrl: string;
  /** What a token is asked for; empty: whatever the upstream grants by itself. */
  scopes: readonly string[];
  status: ConnectorAccountStatus;
  /** `pc_…` there, to be named in requests; null: the upstream's default. */
  upstreamProcessingChannelId: string | null;
  /** Goes up with every change of what tokens depend on: tokens and refusals of before are void. */
  credentialVersion: number;
  /** Those that are valid now, the newest first: one, two while a rotation overlaps, none when all have ended. */
  credentials: readonly UpstreamCredential[];
  /** Keys that the upstream's webhooks may be signed with, the newest first; at most two. */
  webhookKeys: readonly Secret[];
}

/** One credential of an account as people see it. */
export interface UpstreamCredentialInfo {
  id: string;
  clientId: string;
  /** The account's `credentialVersion` since which it is there. */
  version: number;
  validFrom: Date;
  /** Not used from here; null: not replaced yet. */
  retiresAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
  /** When the upstream will end it, as the merchant told. */
  expiresAt: Date | null;
}

/** An account as people see it: no secret, ended credentials and keys included. Ids are UUIDs. */
export interface ConnectorAccountInfo {
  id: string;
  merchantId: string;
  connector: AccountConnector;
  environment: Environment;
  name: string;
  apiBaseUrl: string;
  tokenUrl: string;
  scopes: readonly string[];
  status: ConnectorAccountStatus;
  upstreamProcessingChannelId: string | null;
  credentialVersion: number;
  /** The newest first. */
  credentials: readonly UpstreamCredentialInfo[];
  /** The newest first. */
  webhookKeys: readonly { id: string; createdAt: Date; retiresAt: Date | null }[];
  createdAt: Date;
  /** One more with every change of it, its credentials and keys included. */
  version: number;
}

/** Whether something with that calendar counts at `at`. */
export function isValidAt({ validFrom, retiresAt }: { validFrom: Date; retiresAt: Date | null }, at: Date): boolean {
  return validFrom <= at && (retiresAt === null || at < retiresAt);
}
