import { randomBytes } from 'node:crypto';
import { newUuidV7, NotFound, Secret, type Clock, type Scheme } from '@app/kernel';
import { CryptoBox } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AccessKeys, macKeyContext, macOfSecret } from './access-keys.service';
import { CONNECTOR_NAMES } from './connector-names';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { acceptSettings, InvalidSettings } from './credentials.errors';
import type {
  AccessKey,
  AcquirerRecord,
  Channel,
  ChannelSettings,
  Environment,
  Merchant,
  MerchantStatus,
  SigningKeyInfo,
} from './domain/model';
import { plainRoute, routeProblems, type Route } from './domain/route';
import { MerchantDirectory, toChannel, webhookSecretContext } from './merchant-directory.service';
import { AccessKeyRepository } from './persistence/access-key.repository';
import { ChannelRepository } from './persistence/channel.repository';
import { MerchantRepository } from './persistence/merchant.repository';
import { PublicKeys } from './public-keys.service';
import { SigningKeys } from './signing-keys.service';

const DEFAULT_SETTINGS: Omit<ChannelSettings, 'name'> = {
  route: [{ connector: 'emv3ds' }],
  preferredSchemes: [] as Scheme[],
  sessionMinutes: 30,
  cardRetentionMinutes: 60,
  autoComplete: true,
};
const DEFAULT_TOKEN_TTL_SECONDS = 3600;

/** What a new merchant is made of. `id` (UUID) only where it must be known beforehand. */
export interface NewMerchant {
  id?: string;
  name: string;
}

/** What a new channel is made of; settings left out have their defaults. */
export interface NewChannel extends Partial<ChannelSettings> {
  id?: string;
  merchantId: string;
  environment: Environment;
  name: string;
  /** In place of `route`: these, in this order, always; taken as they are, for houses with connectors of their own. */
  connectors?: readonly string[];
}

/** What a new access key is made of. */
export interface NewAccessKey {
  merchantId: string;
  environment: Environment;
  scopes: readonly string[];
  defaultChannelId?: string | null;
  /** 1 to 86 400; 3600 when left out. */
  tokenTtlSeconds?: number;
}

/** Everything that operators decide about merchants and their credentials. Ids are UUIDs. */
@Injectable()
export class CredentialsAdmin {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly channels: ChannelRepository,
    private readonly keys: AccessKeyRepository,
    private readonly accessKeys: AccessKeys,
    private readonly publicKeys: PublicKeys,
    private readonly directory: MerchantDirectory,
    private readonly signingKeys: SigningKeys,
    private readonly box: CryptoBox,
    @Inject(CONNECTOR_NAMES) private readonly connectorNames: readonly string[],
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws InvalidSettings */
  async createMerchant(input: NewMerchant): Promise<Merchant> {
    acceptSettings(input);
    const at = this.clock.now();
    const merchant: Merchant = { id: input.id ?? newUuidV7(at), name: input.name, status: 'active', createdAt: at };
    await this.merchants.insert(merchant);
    return merchant;
  }

  async listMerchants(): Promise<Merchant[]> {
    return this.merchants.list();
  }

  async findMerchant(id: string): Promise<Merchant | null> {
    return this.merchants.findById(id);
  }

  /**
   * Stops every access key, token and public key of the merchant, within 5 s on every replica; sessions under way go on.
   * @throws NotFound
   */
  async suspendMerchant(id: string): Promise<Merchant> {
    return this.setStatus(id, 'suspended');
  }

  /** @throws NotFound */
  async resumeMerchant(id: string): Promise<Merchant> {
    return this.setStatus(id, 'active');
  }

  /**
   * Makes a channel and its webhook secret (`whsec_…`), which is given here and can be replaced, not shown again.
   * @throws InvalidSettings, NotFound (merchant)
   */
  async createChannel(input: NewChannel): Promise<{ channel: Channel; webhookSecret: Secret }> {
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const named = input.connectors && { route: plainRoute(input.connectors) };
    const settings = { ...DEFAULT_SETTINGS, ...named, ...given } as NewChannel & ChannelSettings;
    acceptSettings(settings);
    if (input.route) this.acceptRoute(input.route);
    await this.requireMerchant(input.merchantId);
    const at = this.clock.now();
    const id = input.id ?? newUuidV7(at);
    const webhookSecret = newWebhookSecret();
    const row = {
      id,
      merchantId: settings.merchantId,
      environment: settings.environment,
      name: settings.name,
      route: settings.route,
      preferredSchemes: settings.preferredSchemes,
      sessionMinutes: settings.sessionMinutes,
      cardRetentionMinutes: settings.cardRetentionMinutes,
      autoComplete: settings.autoComplete,
      webhookSecretSealed: this.sealWebhookSecret(id, webhookSecret),
    };
    await this.channels.insert(row, at);
    this.directory.forget();
    return { channel: toChannel({ ...row, branding: {}, logoHash: null, acquirers: [] }, this.box), webhookSecret };
  }

  /** @throws NotFound (merchant) */
  async listChannels(merchantId: string): Promise<Channel[]> {
    await this.requireMerchant(merchantId);
    return (await this.channels.listOfMerchant(merchantId)).map((row) => toChannel(row, this.box));
  }

  async findChannel(id: string): Promise<Channel | null> {
    const row = await this.channels.findById(id);
    return row && toChannel(row, this.box);
  }

  /**
   * Sets which connectors serve the channel's new sessions, in which order and for which of them; counts within 5 s on
   * every replica, and never for a session that is under way.
   * @throws InvalidSettings, NotFound
   */
  async setRoute(channelId: string, route: Route): Promise<Channel> {
    this.acceptRoute(route);
    if (!(await this.channels.findById(channelId))) throw new NotFound('channel');
    await this.channels.setRoute(channelId, route, this.clock.now());
    this.directory.forget();
    const channel = await this.findChannel(channelId);
    if (!channel) throw new NotFound('channel');
    return channel;
  }

  /**
   * Gives the channel a new webhook secret in place of the old one.
   * @throws NotFound
   */
  async replaceWebhookSecret(channelId: string): Promise<Secret> {
    if (!(await this.channels.findById(channelId))) throw new NotFound('channel');
    const secret = newWebhookSecret();
    await this.channels.setWebhookSecret(channelId, this.sealWebhookSecret(channelId, secret), this.clock.now());
    this.directory.forget();
    return secret;
  }

  /**
   * Sets who the merchant is to one scheme on this channel; the same scheme again replaces the record.
   * @throws InvalidSettings, NotFound (channel)
   */
  async setAcquirer(channelId: string, record: AcquirerRecord): Promise<void> {
    acceptSettings(record);
    if (!(await this.channels.findById(channelId))) throw new NotFound('channel');
    await this.channels.upsertAcquirer(channelId, record, this.clock.now());
    this.directory.forget();
  }

  /**
   * Issues an access key. The secret (256 random bits) is given here and nowhere else: only its keyed hash is kept.
   * @throws InvalidSettings, NotFound (merchant; channel when it is not of this merchant and environment)
   */
  async createAccessKey(input: NewAccessKey): Promise<{ key: AccessKey; secret: Secret }> {
    const tokenTtlSeconds = input.tokenTtlSeconds ?? DEFAULT_TOKEN_TTL_SECONDS;
    acceptSettings({ ...input, tokenTtlSeconds });
    await this.requireMerchant(input.merchantId);
    const defaultChannelId = input.defaultChannelId ?? null;
    if (defaultChannelId !== null) {
      const channel = await this.channels.find(input.merchantId, input.environment, defaultChannelId);
      if (!channel) throw new NotFound('channel');
    }
    const createdAt = this.clock.now();
    const key: AccessKey = {
      id: newUuidV7(createdAt),
      merchantId: input.merchantId,
      environment: input.environment,
      defaultChannelId,
      scopes: [...input.scopes],
      tokenTtlSeconds,
      createdAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    const secret = new Secret(randomBytes(32).toString('base64url'));
    const macKey = new Secret(randomBytes(32));
    await this.keys.insert({
      ...key,
      macKeySealed: this.box.seal(macKey.expose(), macKeyContext(key.id)),
      secretMac: macOfSecret(macKey, secret.expose()),
    });
    this.accessKeys.forget();
    return { key, secret };
  }

  /** @throws NotFound (merchant) */
  async listAccessKeys(merchantId: string): Promise<AccessKey[]> {
    await this.requireMerchant(merchantId);
    return this.keys.listOfMerchant(merchantId);
  }

  /**
   * Ends a key and the tokens that it got, within 5 s on every replica. For good.
   * @throws NotFound
   */
  async revokeAccessKey(id: string): Promise<AccessKey> {
    const key = await this.keys.revoke(id, this.clock.now());
    if (!key) throw new NotFound('access_key');
    this.accessKeys.forget();
    return key;
  }

  /** Makes a new signing key: published at once, signing after the overlap. */
  async rotateSigningKey(): Promise<SigningKeyInfo> {
    return this.signingKeys.rotate();
  }

  private acceptRoute(route: Route): void {
    const problems = routeProblems(route, this.connectorNames);
    if (problems.length > 0) {
      throw new InvalidSettings(
        problems.map(({ path, says }) => ({ setting: 'route' as const, says: `(${path}) ${says}` })),
      );
    }
  }

  private async setStatus(id: string, status: MerchantStatus): Promise<Merchant> {
    const merchant = await this.merchants.setStatus(id, status, this.clock.now());
    if (!merchant) throw new NotFound('merchant');
    this.accessKeys.forget();
    this.publicKeys.forget();
    return merchant;
  }

  private async requireMerchant(id: string): Promise<void> {
    if (!(await this.merchants.findById(id))) throw new NotFound('merchant');
  }

  private sealWebhookSecret(channelId: string, secret: Secret): Buffer {
    return this.box.seal(Buffer.from(secret.expose()), webhookSecretContext(channelId));
  }
}

/** The form that Standard Webhooks libraries read: a prefix and base64. */
function newWebhookSecret(): Secret {
  return new Secret(`whsec_${randomBytes(32).toString('base64')}`);
}
