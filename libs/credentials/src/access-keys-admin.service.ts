import { randomBytes } from 'node:crypto';
import { newUuidV7, NotAllowed, NotFound, Secret, type Clock } from '@app/kernel';
import { CryptoBox, Database, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AccessKeys, macKeyContext, macOfSecret } from './access-keys.service';
import { alone, type Alongside, type AlongsideChange } from './alongside';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { acceptSettings } from './credentials.errors';
import type { AccessKey, Environment } from './domain/model';
import { AccessKeyRepository } from './persistence/access-key.repository';
import { ChannelRepository } from './persistence/channel.repository';
import { MerchantRepository } from './persistence/merchant.repository';

const DEFAULT_TOKEN_TTL_SECONDS = 3600;
const HOUR_MS = 3_600_000;

/** What a new access key is made of. */
export interface NewAccessKey {
  merchantId: string;
  environment: Environment;
  scopes: readonly string[];
  defaultChannelId?: string | null;
  /** 1 to 86 400; 3600 when left out. */
  tokenTtlSeconds?: number;
}

/** What operators decide about the access keys of merchants. Ids are UUIDs. */
@Injectable()
export class AccessKeysAdmin {
  constructor(
    private readonly database: Database,
    private readonly repository: AccessKeyRepository,
    private readonly merchants: MerchantRepository,
    private readonly channels: ChannelRepository,
    private readonly keys: AccessKeys,
    private readonly box: CryptoBox,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Issues a key. The secret (256 random bits) is given here and nowhere else: only its keyed hash is kept.
   * @throws InvalidSettings, NotFound (merchant; channel when it is not of this merchant and environment)
   */
  async create(input: NewAccessKey, also: Alongside<AccessKey> = alone): Promise<{ key: AccessKey; secret: Secret }> {
    const tokenTtlSeconds = input.tokenTtlSeconds ?? DEFAULT_TOKEN_TTL_SECONDS;
    acceptSettings({ ...input, tokenTtlSeconds });
    await this.requireMerchant(input.merchantId);
    const defaultChannelId = input.defaultChannelId ?? null;
    if (defaultChannelId !== null) {
      const channel = await this.channels.find(input.merchantId, input.environment, defaultChannelId);
      if (!channel) throw new NotFound('channel');
    }
    const wanted = { ...input, scopes: [...input.scopes], defaultChannelId, tokenTtlSeconds };
    return this.changing(async (tx) => {
      const issued = await this.issue(wanted, tx);
      await also(tx, issued.key);
      return issued;
    });
  }

  async find(id: string): Promise<AccessKey | null> {
    return this.repository.find(id);
  }

  /** Revoked ones too, the oldest first. @throws NotFound (merchant) */
  async list(merchantId: string): Promise<AccessKey[]> {
    await this.requireMerchant(merchantId);
    return this.repository.listOfMerchant(merchantId);
  }

  /**
   * Issues a key in place of another one, for the same and with the same rights; the other one, and the tokens that it got,
   * end after `overlapHours`.
   * @throws NotFound, NotAllowed (it has ended, or ends already)
   */
  async rotate(
    id: string,
    overlapHours: number,
    also: Alongside<{ key: AccessKey; old: AccessKey }> = alone,
  ): Promise<{ key: AccessKey; old: AccessKey; secret: Secret }> {
    return this.changing(async (tx) => {
      const locked = await this.requireLocked(id, tx);
      if (locked.revokedAt !== null)
        throw new NotAllowed('access_key_ends', 'The key has ended, or another one is there');
      const ends = new Date(this.clock.now().getTime() + overlapHours * HOUR_MS);
      const old = (await this.repository.revoke(id, ends, tx)) ?? locked;
      const { key, secret } = await this.issue(locked, tx);
      await also(tx, { key, old });
      return { key, old, secret };
    });
  }

  /**
   * Ends a key and the tokens that it got, within 5 s on every replica. For good. One that has ended stays as it is, and
   * nothing else is done.
   * @throws NotFound
   */
  async revoke(id: string, also: AlongsideChange<AccessKey> = alone): Promise<AccessKey> {
    return this.changing(async (tx) => {
      const before = await this.requireLocked(id, tx);
      const at = this.clock.now();
      if (before.revokedAt !== null && before.revokedAt <= at) return before;
      const key = (await this.repository.revoke(id, at, tx)) ?? before;
      await also(tx, key, before);
      return key;
    });
  }

  private async issue(
    wanted: Pick<AccessKey, 'merchantId' | 'environment' | 'defaultChannelId' | 'scopes' | 'tokenTtlSeconds'>,
    tx: Queryable,
  ): Promise<{ key: AccessKey; secret: Secret }> {
    const createdAt = this.clock.now();
    const key: AccessKey = {
      id: newUuidV7(createdAt),
      merchantId: wanted.merchantId,
      environment: wanted.environment,
      defaultChannelId: wanted.defaultChannelId,
      scopes: wanted.scopes,
      tokenTtlSeconds: wanted.tokenTtlSeconds,
      createdAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    const secret = new Secret(randomBytes(32).toString('base64url'));
    const macKey = new Secret(randomBytes(32));
    const macKeySealed = this.box.seal(macKey.expose(), macKeyContext(key.id));
    await this.repository.insert({ ...key, macKeySealed, secretMac: macOfSecret(macKey, secret.expose()) }, tx);
    return { key, secret };
  }

  /** Makes a change and what belongs to it, both or neither; then this process forgets what it knew. */
  private async changing<T>(change: (tx: Queryable) => Promise<T>): Promise<T> {
    const changed = await this.database.transaction(change);
    this.keys.forget();
    return changed;
  }

  private async requireLocked(id: string, tx: Queryable): Promise<AccessKey> {
    const key = await this.repository.findLocked(id, tx);
    if (!key) throw new NotFound('access_key');
    return key;
  }

  private async requireMerchant(id: string): Promise<void> {
    if (!(await this.merchants.findById(id))) throw new NotFound('merchant');
  }
}
