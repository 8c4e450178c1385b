import { encodeId, type Secret } from '@app/kernel';
import {
  AccessKeys,
  AccessKeysAdmin,
  ChannelBranding,
  CredentialsAdmin,
  encodePublicKey,
  PublicKeysAdmin,
  type Channel,
  type Merchant,
} from '@app/credentials';
import { APP_CONFIG, type AppConfig } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { readEarlierDemo, writeDemoFile, type DemoCredentials, type KnownCredentials } from './demo-file';
import { DemoBins } from './demo-bins';
import { DemoOperator } from './demo-operator';
import { DemoUpstreams } from './demo-upstreams';
import { DEMO_MERCHANTS, DEMO_SCOPES, demoAcquirers, type DemoMerchant } from './demo-merchants';

/** Makes the demo's merchants, operator and table of BINs, and hands out their credentials in `demo.json`; a second start finds the first one's. */
@Injectable()
export class DemoSeeder {
  constructor(
    private readonly admin: CredentialsAdmin,
    private readonly keysAdmin: AccessKeysAdmin,
    private readonly accessKeys: AccessKeys,
    private readonly publicKeys: PublicKeysAdmin,
    private readonly branding: ChannelBranding,
    private readonly upstreams: DemoUpstreams,
    private readonly operator: DemoOperator,
    private readonly bins: DemoBins,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'dataDir'>,
  ) {}

  /** Merchants, channels and keys that are missing are made, addresses are brought up to date, the file is written. */
  async ensure(apiUrl: string, simulatorUrl: string): Promise<void> {
    const earlier = await readEarlierDemo(this.config.dataDir);
    await this.bins.ensure();
    const merchants: DemoCredentials[] = [];
    for (const demo of DEMO_MERCHANTS) {
      const processingChannelId = encodeId('channel', demo.channelId);
      const known = earlier.merchants.find((one) => one.processingChannelId === processingChannelId);
      merchants.push(await this.ensureMerchant(demo, known));
      await this.upstreams.ensure(demo, merchants, apiUrl);
    }
    const [first] = merchants;
    if (!first) throw new Error('There is no demo merchant');
    await writeDemoFile(this.config.dataDir, {
      version: 1,
      apiUrl,
      tokenUrl: `${apiUrl}/connect/token`,
      clientId: first.clientId,
      clientSecret: first.clientSecret,
      processingChannelId: first.processingChannelId,
      simulatorUrl,
      publicKey: first.publicKey,
      merchants,
      ...(await this.operator.ensure(earlier.console, apiUrl)),
    });
  }

  private async ensureMerchant(demo: DemoMerchant, known: KnownCredentials | undefined): Promise<DemoCredentials> {
    const merchant =
      (await this.admin.findMerchant(demo.merchantId)) ??
      (await this.admin.createMerchant({ id: demo.merchantId, name: demo.name }));
    const { channel, webhookSecret } = await this.ensureChannel(demo);
    return {
      name: demo.name,
      connector: demo.connector,
      ...(await this.ensureKey(merchant, channel, known)),
      processingChannelId: encodeId('channel', channel.id),
      webhookSecret: webhookSecret.expose(),
      publicKey: await this.ensurePublicKey(channel),
    };
  }

  private async ensureChannel(demo: DemoMerchant): Promise<{ channel: Channel; webhookSecret: Secret }> {
    const found = await this.admin.findChannel(demo.channelId);
    const { channel, webhookSecret } = found
      ? { channel: found, webhookSecret: found.webhookSecret ?? (await this.admin.replaceWebhookSecret(found.id)) }
      : await this.admin.createChannel({
          id: demo.channelId,
          merchantId: demo.merchantId,
          environment: 'test',
          name: demo.name,
          connectors: [demo.connector],
        });
    const { accent, logoHash } = channel.branding;
    // Whoever gave it another look keeps that.
    if (accent === null && logoHash === null) await this.branding.change(channel.id, demo.branding);
    for (const record of demoAcquirers(demo)) {
      if (!channel.acquirers.has(record.scheme)) await this.admin.setAcquirer(channel.id, record);
    }
    return { channel, webhookSecret };
  }

  /** One for any page: the demo's pages are at whatever address the machine has. */
  private async ensurePublicKey({ id }: Channel): Promise<string> {
    const keys = await this.publicKeys.list(id);
    const found = keys.find((key) => key.revokedAt === null && key.allowedOrigins.length === 0);
    return encodePublicKey((found ?? (await this.publicKeys.create(id))).id);
  }

  private async ensureKey(
    merchant: Merchant,
    channel: Channel,
    known: KnownCredentials | undefined,
  ): Promise<Pick<DemoCredentials, 'clientId' | 'clientSecret'>> {
    if (known && (await this.isGood(merchant, known))) {
      return { clientId: known.clientId, clientSecret: known.clientSecret };
    }
    // The secret is lost, and with it what it was good for: a key that nobody can name is ended.
    for (const key of await this.keysAdmin.list(merchant.id)) {
      const isOurs = key.defaultChannelId === channel.id && key.scopes.join() === DEMO_SCOPES.join();
      if (isOurs && key.revokedAt === null) await this.keysAdmin.revoke(key.id);
    }
    const { key, secret } = await this.keysAdmin.create({
      merchantId: merchant.id,
      environment: 'test',
      scopes: DEMO_SCOPES,
      defaultChannelId: channel.id,
    });
    return { clientId: encodeId('accessKey', key.id), clientSecret: secret.expose() };
  }

  // While an operator has suspended the merchant nothing verifies, and that is no reason for new keys.
  private async isGood(merchant: Merchant, known: KnownCredentials): Promise<boolean> {
    if (merchant.status === 'suspended') return true;
    const key = await this.accessKeys.authenticate(known.clientId, known.clientSecret);
    return key?.merchantId === merchant.id;
  }
}
