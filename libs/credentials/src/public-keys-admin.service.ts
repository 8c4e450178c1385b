import { newUuidV7, NotFound, type Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { acceptSettings } from './credentials.errors';
import type { PublicKey } from './domain/public-key';
import { ChannelRepository } from './persistence/channel.repository';
import { PublicKeyRepository } from './persistence/public-key.repository';
import { PublicKeys } from './public-keys.service';

/** What operators decide about the public keys of channels. Ids are UUIDs. */
@Injectable()
export class PublicKeysAdmin {
  constructor(
    private readonly repository: PublicKeyRepository,
    private readonly channels: ChannelRepository,
    private readonly keys: PublicKeys,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a key of a channel, for pages of `allowedOrigins` (such as `https://shop.example`); none: for any page.
   * @throws InvalidSettings, NotFound (channel)
   */
  async create(channelId: string, allowedOrigins: readonly string[] = []): Promise<PublicKey> {
    acceptSettings({ allowedOrigins });
    const channel = await this.channels.findById(channelId);
    if (!channel) throw new NotFound('channel');
    const createdAt = this.clock.now();
    const key: PublicKey = {
      id: newUuidV7(createdAt),
      merchantId: channel.merchantId,
      environment: channel.environment,
      channelId,
      allowedOrigins: [...allowedOrigins],
      createdAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.repository.insert(key);
    this.keys.forget();
    return key;
  }

  /** Revoked ones too, the oldest first. @throws NotFound (channel) */
  async list(channelId: string): Promise<PublicKey[]> {
    if (!(await this.channels.findById(channelId))) throw new NotFound('channel');
    return this.repository.listOfChannel(channelId);
  }

  /** Ends a key, within 5 s on every replica. For good. @throws NotFound */
  async revoke(id: string): Promise<PublicKey> {
    const key = await this.repository.revoke(id, this.clock.now());
    if (!key) throw new NotFound('public_key');
    this.keys.forget();
    return key;
  }
}
