import { encodeId } from '@app/kernel';
import {
  accentShades,
  encodePublicKey,
  type AccessKey,
  type Channel,
  type ConnectorAccountInfo,
  type Merchant,
  type PublicKey,
  type SigningKeyInfo,
} from '@app/credentials';
import type { Operator } from '@app/operators';
import type { SessionLine } from '@app/sessions';

/** Things as the command line shows them: wire ids, ISO times, no secret. */

export const merchantView = ({ id, name, status, createdAt }: Merchant): object => ({
  id: encodeId('merchant', id),
  name,
  status,
  createdAt: createdAt.toISOString(),
});

export const channelView = (channel: Channel): object => ({
  id: encodeId('channel', channel.id),
  merchantId: encodeId('merchant', channel.merchantId),
  environment: channel.environment,
  name: channel.name,
  connectors: channel.connectors,
  route: channel.route,
  preferredSchemes: channel.preferredSchemes,
  sessionMinutes: channel.sessionMinutes,
  cardRetentionMinutes: channel.cardRetentionMinutes,
  autoComplete: channel.autoComplete,
  branding: channel.branding,
  acquirers: [...channel.acquirers.keys()],
});

/** A channel's look, with the shades that its colour becomes; null where the page's own way stands. */
export const brandingView = ({ id, name, branding }: Channel): object => ({
  channelId: encodeId('channel', id),
  name: branding.displayName ?? name,
  accent: branding.accent,
  shades: branding.accent && accentShades(branding.accent),
  locale: branding.locale,
  frameAncestors: branding.frameAncestors,
  logo: branding.logoHash && `/hosted/logos/${branding.logoHash}`,
});

export const accessKeyView = (key: AccessKey): object => ({
  id: encodeId('accessKey', key.id),
  merchantId: encodeId('merchant', key.merchantId),
  environment: key.environment,
  defaultChannelId: key.defaultChannelId && encodeId('channel', key.defaultChannelId),
  scopes: key.scopes,
  tokenTtlSeconds: key.tokenTtlSeconds,
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
});

export const publicKeyView = (key: PublicKey): object => ({
  publicKey: encodePublicKey(key.id),
  merchantId: encodeId('merchant', key.merchantId),
  environment: key.environment,
  channelId: encodeId('channel', key.channelId),
  allowedOrigins: key.allowedOrigins,
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
});

export const connectorAccountView = (account: ConnectorAccountInfo): object => ({
  id: encodeId('connectorAccount', account.id),
  merchantId: encodeId('merchant', account.merchantId),
  connector: account.connector,
  environment: account.environment,
  name: account.name,
  status: account.status,
  apiUrl: account.apiBaseUrl,
  tokenUrl: account.tokenUrl,
  scopes: account.scopes,
  upstreamChannel: account.upstreamProcessingChannelId,
  credentialVersion: account.credentialVersion,
  credentials: account.credentials.map(({ clientId, version, validFrom, retiresAt, lastUsedAt, expiresAt }) => ({
    clientId,
    version,
    validFrom: validFrom.toISOString(),
    retiresAt: retiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  })),
  webhookKeys: account.webhookKeys.map(({ createdAt, retiresAt }) => ({
    createdAt: createdAt.toISOString(),
    retiresAt: retiresAt?.toISOString() ?? null,
  })),
  createdAt: account.createdAt.toISOString(),
});

/** One line of a list: the newest credential stands for all. */
export const connectorAccountLine = (account: ConnectorAccountInfo): object => ({
  id: encodeId('connectorAccount', account.id),
  connector: account.connector,
  environment: account.environment,
  name: account.name,
  status: account.status,
  apiUrl: account.apiBaseUrl,
  clientId: account.credentials[0]?.clientId ?? null,
  lastUsedAt: account.credentials[0]?.lastUsedAt?.toISOString() ?? null,
  expiresAt: account.credentials[0]?.expiresAt?.toISOString() ?? null,
  createdAt: account.createdAt.toISOString(),
});

export const signingKeyView = (key: SigningKeyInfo): object => ({
  kid: key.kid,
  createdAt: key.createdAt.toISOString(),
  activatesAt: key.activatesAt.toISOString(),
  retiresAt: key.retiresAt?.toISOString() ?? null,
});

export const sessionView = (session: SessionLine): object => ({
  id: encodeId('session', session.id),
  environment: session.environment,
  status: session.status,
  scheme: session.scheme,
  amount: session.amountMinor,
  currency: session.currency,
  reference: session.reference,
  createdAt: session.createdAt.toISOString(),
});

export const operatorView = (operator: Operator): object => ({
  id: encodeId('operator', operator.id),
  email: operator.email,
  name: operator.name,
  role: operator.role,
  allMerchants: operator.merchants === 'all',
  merchantIds: operator.merchants === 'all' ? [] : operator.merchants.map((id) => encodeId('merchant', id)),
  status: operator.status,
  hasSecondFactor: operator.hasSecondFactor,
  createdAt: operator.createdAt.toISOString(),
  lastSignedInAt: operator.lastSignedInAt?.toISOString() ?? null,
});
