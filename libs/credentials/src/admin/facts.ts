import { isDeepStrictEqual } from 'node:util';
import { encodeId } from '@app/kernel';
import { isAbout } from '@app/platform';
import type { ConnectorAccountInfo } from '../domain/connector-account';
import type { AccessKey, AcquirerRecord, Channel } from '../domain/model';
import type { PublicKey } from '../domain/public-key';

/** What operators decide of a thing, in the words of the wire: for answers and for the audit log. Nothing of it is secret. */
export type Facts = Readonly<Record<string, unknown>>;

/** Of a channel, without its acquirer records and its look. */
export const channelFacts = (channel: Channel): Facts => ({
  environment: channel.environment,
  name: channel.name,
  route: channel.route,
  preferred_schemes: channel.preferredSchemes,
  session_minutes: channel.sessionMinutes,
  card_retention_minutes: channel.cardRetentionMinutes,
  auto_complete: channel.autoComplete,
});

/** Of a channel: how its pages look. The logo by its hash. */
export const brandingFacts = ({ branding }: Channel): Facts => ({
  display_name: branding.displayName,
  accent: branding.accent,
  locale: branding.locale,
  frame_ancestors: branding.frameAncestors,
  logo_hash: branding.logoHash,
});

export const acquirerFacts = (record: AcquirerRecord): Facts => ({
  scheme: record.scheme,
  acquirer_bin: record.acquirerBin,
  acquirer_merchant_id: record.acquirerMerchantId,
  mcc: record.mcc,
  country_code: record.countryCode,
  merchant_name: record.merchantName,
  requestor_id: record.requestorId,
  requestor_name: record.requestorName,
  requestor_url: record.requestorUrl,
});

export const accessKeyFacts = (key: AccessKey): Facts => ({
  environment: key.environment,
  default_channel_id: key.defaultChannelId && encodeId('channel', key.defaultChannelId),
  scopes: key.scopes,
  token_ttl_seconds: key.tokenTtlSeconds,
});

export const publicKeyFacts = (key: PublicKey): Facts => ({
  environment: key.environment,
  channel_id: encodeId('channel', key.channelId),
  allowed_origins: key.allowedOrigins,
});

/** Of a connector account: where it leads and what its newest credential is called. */
export const connectorAccountFacts = (account: ConnectorAccountInfo): Facts => ({
  connector: account.connector,
  environment: account.environment,
  name: account.name,
  status: account.status,
  api_url: account.apiBaseUrl,
  token_url: account.tokenUrl,
  scopes: account.scopes,
  upstream_channel_id: account.upstreamProcessingChannelId,
  client_id: account.credentials[0]?.clientId ?? null,
  expires_at: account.credentials[0]?.expiresAt?.toISOString() ?? null,
  webhook_keys: account.webhookKeys.filter(({ retiresAt }) => retiresAt === null).length,
});

/** What is not the same in both; in which order an object has its members is all one. */
export function differing(before: Facts, after: Facts): { before: Facts; after: Facts } {
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const only = (facts: Facts): Facts => Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
  return { before: only(before), after: only(after) };
}

/** Whether an edit of `found` asks for what is there already: then it has only to look. `from` as in `isAbout`. */
export function isThereAlready<Thing extends { readonly version: number }>(
  factsOf: (thing: Thing) => Facts,
  found: Thing,
  change: Partial<Thing>,
  from: number | null,
): boolean {
  const { after } = differing(factsOf(found), factsOf({ ...found, ...change }));
  return isAbout(found, from) && Object.keys(after).length === 0;
}
