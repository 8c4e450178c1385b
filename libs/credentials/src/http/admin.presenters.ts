import { encodeId } from '@app/kernel';
import { accentShades } from '../domain/accent';
import { accessKeyFacts, acquirerFacts, channelFacts, connectorAccountFacts, publicKeyFacts } from '../admin/facts';
import type { CredentialTrial } from '../connector-account-commands';
import type { ConnectorAccountInfo } from '../domain/connector-account';
import type { AccessKey, Channel, Merchant } from '../domain/model';
import { encodePublicKey, type PublicKey } from '../domain/public-key';
import type { ChannelLine, ConnectorAccountLine } from '../admin/merchant-lists.service';

type Json = Record<string, unknown>;

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Whether a key counts: `ending` where it does until another one has taken its place. */
function stateAt(now: Date, endsAt: Date | null): 'active' | 'ending' | 'ended' {
  if (endsAt === null) return 'active';
  return endsAt > now ? 'ending' : 'ended';
}

export const presentMerchant = ({ id, name, status, createdAt, version }: Merchant): Json => ({
  id: encodeId('merchant', id),
  name,
  status,
  created_at: createdAt.toISOString(),
  version,
});

export const presentChannelLine = (channel: ChannelLine): Json => ({
  id: encodeId('channel', channel.id),
  merchant_id: encodeId('merchant', channel.merchantId),
  environment: channel.environment,
  name: channel.name,
  connectors: channel.connectors,
  created_at: channel.createdAt.toISOString(),
  version: channel.version,
});

/** A channel whole, without its webhook secret. */
export const presentChannel = (channel: Channel): Json => ({
  id: encodeId('channel', channel.id),
  merchant_id: encodeId('merchant', channel.merchantId),
  ...channelFacts(channel),
  connectors: channel.connectors,
  acquirers: [...channel.acquirers.values()].map(acquirerFacts),
  branding: {
    display_name: channel.branding.displayName,
    accent: channel.branding.accent,
    locale: channel.branding.locale,
    frame_ancestors: channel.branding.frameAncestors,
    logo_url: channel.branding.logoHash && `/hosted/logos/${channel.branding.logoHash}`,
    /** What becomes of the colour, on light pages and on dark ones. */
    shades: channel.branding.accent && accentShades(channel.branding.accent),
  },
  version: channel.version,
});

/** An access key without its secret. `now` decides whether it has ended. */
export const presentAccessKey = (key: AccessKey, now: Date): Json => ({
  id: encodeId('accessKey', key.id),
  merchant_id: encodeId('merchant', key.merchantId),
  ...accessKeyFacts(key),
  status: stateAt(now, key.revokedAt),
  created_at: key.createdAt.toISOString(),
  last_used_at: timeOf(key.lastUsedAt),
  ends_at: timeOf(key.revokedAt),
});

export const presentPublicKey = (key: PublicKey, now: Date): Json => ({
  id: encodePublicKey(key.id),
  merchant_id: encodeId('merchant', key.merchantId),
  ...publicKeyFacts(key),
  status: stateAt(now, key.revokedAt),
  created_at: key.createdAt.toISOString(),
  last_used_at: timeOf(key.lastUsedAt),
  ends_at: timeOf(key.revokedAt),
});

export const presentConnectorAccountLine = (account: ConnectorAccountLine): Json => ({
  id: encodeId('connectorAccount', account.id),
  merchant_id: encodeId('merchant', account.merchantId),
  connector: account.connector,
  environment: account.environment,
  name: account.name,
  status: account.status,
  client_id: account.clientId,
  valid_from: timeOf(account.validFrom),
  last_used_at: timeOf(account.lastUsedAt),
  expires_at: timeOf(account.expiresAt),
  created_at: account.createdAt.toISOString(),
  version: account.version,
});

/** An account whole: no secret, ended credentials and keys included. */
export const presentConnectorAccount = (account: ConnectorAccountInfo): Json => ({
  id: encodeId('connectorAccount', account.id),
  merchant_id: encodeId('merchant', account.merchantId),
  ...connectorAccountFacts(account),
  created_at: account.createdAt.toISOString(),
  version: account.version,
  credentials: account.credentials.map((credential) => ({
    client_id: credential.clientId,
    version: credential.version,
    valid_from: credential.validFrom.toISOString(),
    retires_at: timeOf(credential.retiresAt),
    last_used_at: timeOf(credential.lastUsedAt),
    expires_at: timeOf(credential.expiresAt),
  })),
  webhook_keys: account.webhookKeys.map(({ createdAt, retiresAt }) => ({
    created_at: createdAt.toISOString(),
    retires_at: timeOf(retiresAt),
  })),
});

export const presentTrial = ({ clientId, works, says }: CredentialTrial): Json => ({
  client_id: clientId,
  works,
  says,
});
