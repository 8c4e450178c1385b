import { randomBytes } from 'node:crypto';
import { newUuidV7, NotFound, Secret, type Clock, type Scheme } from '@app/kernel';
import { CryptoBox, Database, takeVersion, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { alone, plainly, VERSIONED, type Alongside, type Terms } from './alongside';
import { AccessKeys } from './access-keys.service';
import { CONNECTOR_NAMES } from './connector-names';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { acceptSettings, InvalidSettings } from './credentials.errors';
import type { AcquirerRecord, Channel, ChannelSettings, Environment, Merchant, SigningKeyInfo } from './domain/model';
import { plainRoute, routeProblems, type Route } from './domain/route';
import { MerchantDirectory, toChannel, webhookSecretContext } from './merchant-directory.service';
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

/** What operators decide about merchants, their channels, and the keys that sign tokens. Ids are UUIDs. */
@Injectable()
export class CredentialsAdmin {
  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantRepository,
    private readonly channels: ChannelRepository,
    private readonly accessKeys: AccessKeys,
    private readonly publicKeys: PublicKeys,
    private readonly directory: MerchantDirectory,
    private readonly signingKeys: SigningKeys,
    private readonly box: CryptoBox,
    @Inject(CONNECTOR_NAMES) private readonly connectorNames: readonly string[],
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws InvalidSettings */
  async createMerchant(input: NewMerchant, also: Alongside<Merchant> = alone): Promise<Merchant> {
    acceptSettings(input);
    const at = this.clock.now();
    const id = input.id ?? newUuidV7(at);
    const merchant: Merchant = { id, name: input.name, status: 'active', createdAt: at, version: 1 };
    return this.changing((tx) => this.merchants.insert(merchant, tx).then(() => merchant), also);
  }

  async listMerchants(): Promise<Merchant[]> {
    return this.merchants.list();
  }

  async findMerchant(id: string): Promise<Merchant | null> {
    return this.merchants.findById(id);
  }

  /**
   * Stops every access key, token and public key of the merchant, within 5 s on every replica; sessions under way go on.
   * @throws NotFound, ChangedMeanwhile
   */
  async suspendMerchant(id: string, how: Terms<Merchant> = plainly): Promise<Merchant> {
    return this.changingMerchant(id, (tx) => this.merchants.setStatus(tx, id, 'suspended'), how);
  }

  /** @throws NotFound, ChangedMeanwhile */
  async resumeMerchant(id: string, how: Terms<Merchant> = plainly): Promise<Merchant> {
    return this.changingMerchant(id, (tx) => this.merchants.setStatus(tx, id, 'active'), how);
  }

  /** @throws InvalidSettings, NotFound, ChangedMeanwhile */
  async renameMerchant(id: string, name: string, how: Terms<Merchant> = plainly): Promise<Merchant> {
    acceptSettings({ name });
    return this.changingMerchant(id, (tx) => this.merchants.setName(tx, id, name), how);
  }

  /**
   * Makes a channel and its webhook secret (`whsec_…`), which is given here and can be replaced, not shown again.
   * @throws InvalidSettings, NotFound (merchant)
   */
  async createChannel(
    input: NewChannel,
    also: Alongside<Channel> = alone,
  ): Promise<{ channel: Channel; webhookSecret: Secret }> {
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
    const channel = toChannel({ ...row, branding: {}, logoHash: null, acquirers: [], version: 1 }, this.box);
    await this.changing((tx) => this.channels.insert(row, at, tx).then(() => channel), also);
    return { channel, webhookSecret };
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
    return this.changeChannel(channelId, { route });
  }

  /**
   * Changes what a merchant decides of a channel; what is left out stays. Counts within 5 s on every replica, and never for
   * a session that is under way.
   * @throws InvalidSettings, NotFound, ChangedMeanwhile
   */
  async changeChannel(
    channelId: string,
    change: Partial<ChannelSettings>,
    how: Terms<Channel> = plainly,
  ): Promise<Channel> {
    // A route says best by itself what is wrong with it.
    if (change.route !== undefined) this.acceptRoute(change.route);
    acceptSettings(change);
    return this.changingChannel(
      channelId,
      (tx, before) => this.channels.setSettings(tx, channelId, { ...before, ...change }),
      how,
    );
  }

  /**
   * Makes a change of a channel, and what belongs to it; gives the channel as it is then.
   * @throws NotFound, ChangedMeanwhile
   */
  async changingChannel(
    channelId: string,
    change: (tx: Queryable, before: Channel) => Promise<void>,
    { from, also }: Terms<Channel> = plainly,
  ): Promise<Channel> {
    const { after } = await this.changing(
      async (tx) => {
        await takeVersion(tx, VERSIONED.channel, channelId, from, this.clock.now());
        const before = await this.requireChannel(channelId, tx);
        await change(tx, before);
        return { before, after: await this.requireChannel(channelId, tx) };
      },
      (tx, { before, after }) => also(tx, after, before),
    );
    return after;
  }

  /**
   * Gives the channel a new webhook secret in place of the old one.
   * @throws NotFound, ChangedMeanwhile
   */
  async replaceWebhookSecret(channelId: string, how: Terms<Channel> = plainly): Promise<Secret> {
    const secret = newWebhookSecret();
    const sealed = this.sealWebhookSecret(channelId, secret);
    await this.changingChannel(channelId, (tx) => this.channels.setWebhookSecret(tx, channelId, sealed), how);
    return secret;
  }

  /**
   * Sets who the merchant is to one scheme on this channel; the same scheme again replaces the record.
   * @throws InvalidSettings, NotFound (channel), ChangedMeanwhile (the channel)
   */
  async setAcquirer(channelId: string, record: AcquirerRecord, how: Terms<Channel> = plainly): Promise<Channel> {
    acceptSettings(record);
    return this.changingChannel(
      channelId,
      (tx) => this.channels.upsertAcquirer(channelId, record, this.clock.now(), tx),
      how,
    );
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

  private async changingMerchant(
    id: string,
    change: (tx: Queryable) => Promise<void>,
    { from, also }: Terms<Merchant>,
  ): Promise<Merchant> {
    const { after } = await this.changing(
      async (tx) => {
        await takeVersion(tx, VERSIONED.merchant, id, from, this.clock.now());
        const before = await this.requireMerchant(id, tx);
        await change(tx);
        return { before, after: await this.requireMerchant(id, tx) };
      },
      (tx, { before, after }) => also(tx, after, before),
    );
    return after;
  }

  /** Makes a change and what belongs to it, both or neither; then this process forgets what it knew. */
  private async changing<T>(change: (tx: Queryable) => Promise<T>, also: Alongside<T>): Promise<T> {
    const changed = await this.database.transaction(async (tx) => {
      const result = await change(tx);
      await also(tx, result);
      return result;
    });
    for (const memory of [this.accessKeys, this.publicKeys, this.directory]) memory.forget();
    return changed;
  }

  private async requireChannel(id: string, tx: Queryable): Promise<Channel> {
    const row = await this.channels.findById(id, tx);
    if (!row) throw new NotFound('channel');
    return toChannel(row, this.box);
  }

  private async requireMerchant(id: string, tx?: Queryable): Promise<Merchant> {
    const merchant = await this.merchants.findById(id, tx);
    if (!merchant) throw new NotFound('merchant');
    return merchant;
  }

  private sealWebhookSecret(channelId: string, secret: Secret): Buffer {
    return this.box.seal(Buffer.from(secret.expose()), webhookSecretContext(channelId));
  }
}

/** The form that Standard Webhooks libraries read: a prefix and base64. */
function newWebhookSecret(): Secret {
  return new Secret(`whsec_${randomBytes(32).toString('base64')}`);
}
