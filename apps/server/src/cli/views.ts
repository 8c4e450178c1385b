import { encodeId } from '@app/kernel';
import type { AccessKey, Channel, Merchant, SigningKeyInfo } from '@app/credentials';
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
  preferredSchemes: channel.preferredSchemes,
  sessionMinutes: channel.sessionMinutes,
  cardRetentionMinutes: channel.cardRetentionMinutes,
  autoComplete: channel.autoComplete,
  acquirers: [...channel.acquirers.keys()],
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
