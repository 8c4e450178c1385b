import { Secret, type Clock } from '@app/kernel';
import { CryptoBox } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { STATE_MAX_AGE_MS } from './access-keys.service';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { ENVIRONMENTS, type Channel, type Environment } from './domain/model';
import { connectorsOf } from './domain/route';
import { ChannelRepository, type ChannelRow } from './persistence/channel.repository';
import { RecentCache } from './recent-cache';

/** The AAD of a channel's webhook secret. */
export const webhookSecretContext = (channelId: string): string => `processing_channel.webhook_secret:${channelId}`;

/** A stored channel with its secret opened. */
export function toChannel(row: ChannelRow, box: CryptoBox): Channel {
  const { webhookSecretSealed, acquirers, branding, logoHash, ...settings } = row;
  const secret = webhookSecretSealed && box.open(webhookSecretSealed, webhookSecretContext(row.id)).toString('utf8');
  return {
    ...settings,
    connectors: connectorsOf(settings.route),
    acquirers: new Map(acquirers.map((record) => [record.scheme, record])),
    branding: {
      displayName: branding.displayName ?? null,
      accent: branding.accent ?? null,
      locale: branding.locale ?? null,
      frameAncestors: branding.frameAncestors ?? [],
      logoHash,
    },
    webhookSecret: secret === null ? null : new Secret(secret),
  };
}

/** Merchants' channels for those who serve them, at most 3 s old. */
@Injectable()
export class MerchantDirectory {
  private readonly channels: RecentCache<Channel | null>;

  constructor(
    private readonly repository: ChannelRepository,
    private readonly box: CryptoBox,
    @Inject(CREDENTIALS_CLOCK) clock: Clock,
  ) {
    this.channels = new RecentCache(clock, (key) => this.load(key), STATE_MAX_AGE_MS);
  }

  /**
   * The channel when it belongs to this merchant and environment, else null: another merchant's is the same as none.
   * Ids are UUIDs; the ids come from the credential and from storage, never from the request alone.
   */
  async channel(merchantId: string, environment: Environment, channelId: string): Promise<Channel | null> {
    const key = `${merchantId} ${environment} ${channelId}`;
    const known = this.channels.peek(key);
    return known === undefined ? this.channels.get(key) : known;
  }

  /** Forgets what is in memory: a change made by this process counts at once. */
  forget(): void {
    this.channels.clear();
  }

  private async load(key: string): Promise<Channel | null> {
    const [merchantId = '', environmentName = '', channelId = ''] = key.split(' ');
    const environment = ENVIRONMENTS.find((name) => name === environmentName);
    const row = environment && (await this.repository.find(merchantId, environment, channelId));
    return row ? toChannel(row, this.box) : null;
  }
}
