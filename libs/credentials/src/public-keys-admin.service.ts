import { newUuidV7, NotFound, type Clock } from '@app/kernel';
import { Database } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { alone, type Alongside, type AlongsideChange } from './alongside';
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
    private readonly database: Database,
    private readonly repository: PublicKeyRepository,
    private readonly channels: ChannelRepository,
    private readonly keys: PublicKeys,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a key of a channel, for pages of `allowedOrigins` (such as `https://shop.example`); none: for any page.
   * @throws InvalidSettings, NotFound (channel)
   */
  async create(
    channelId: string,
    allowedOrigins: readonly string[] = [],
    also: Alongside<PublicKey> = alone,
  ): Promise<PublicKey> {
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
    await this.database.transaction(async (tx) => {
      await this.repository.insert(key, tx);
      await also(tx, key);
    });
    this.keys.forget();
    return key;
  }

  /** Revoked ones too, the oldest first. @throws NotFound (channel) */
  async list(channelId: string): Promise<PublicKey[]> {
    if (!(await this.channels.findById(channelId))) throw new NotFound('channel');
    return this.repository.listOfChannel(channelId);
  }

  async find(id: string): Promise<PublicKey | null> {
    return this.repository.findWithMerchant(id);
  }

  /**
   * Ends a key, within 5 s on every replica. For good. One that has ended stays as it is, and nothing else is done.
   * @throws NotFound
   */
  async revoke(id: string, also: AlongsideChange<PublicKey> = alone): Promise<PublicKey> {
    const key = await this.database.transaction(async (tx) => {
      const before = await this.repository.findLocked(id, tx);
      if (!before) throw new NotFound('public_key');
      if (before.revokedAt !== null) return before;
      const revoked = (await this.repository.revoke(id, this.clock.now(), tx)) ?? before;
      await also(tx, revoked, before);
      return revoked;
    });
    this.keys.forget();
    return key;
  }
}
