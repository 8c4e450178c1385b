/** Merchants of a running product whose accounts are at the scripted Checkout.com, as operators would set them up. */
import {
  AccessKeysAdmin,
  ConnectorAccountsAdmin,
  CredentialsAdmin,
  CredentialsModule,
  type Route,
} from '@app/credentials';
import { encodeId, SCHEMES, Secret } from '@app/kernel';
import { createLogger, loadConfig, PlatformModule } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes } from 'node:crypto';
import { runCli } from '../../apps/server/src/cli/run-cli';
import { createDataSource } from '../../apps/server/src/data-source';
import { bearer, type Credentials } from './api';
import { Calls } from './calls';
import { watchSecret } from './leaks';
import type { Product } from './product';
import { UpstreamHandles } from './upstream';

/** How an account is set up. */
export interface AccountSetup {
  /** Default: this connector alone. */
  route?: Route;
  /** Whether the upstream sends webhooks. */
  webhooks?: boolean;
  /** Instead of the right one. */
  clientSecret?: string;
  /** Of the upstream's API; default: the simulator's. */
  apiUrl?: string;
  /** What the upstream is told of the account, such as `expiresIn`. */
  upstream?: object;
}

/** A merchant with its account. */
export interface UpstreamMerchant {
  /** Its calls, with a token. */
  calls: Calls;
  credentials: Credentials;
  /** At the upstream. */
  clientId: string;
  clientSecret: string;
  /** `cac_…` */
  accountId: string;
  webhookUrl: string;
  webhookKey: string;
}

/** Makes merchants; the product must run with `kek`. */
export class UpstreamMerchants {
  readonly upstream: UpstreamHandles;

  private constructor(
    private readonly product: Product,
    private readonly context: INestApplicationContext,
    private readonly kek: string,
  ) {
    this.upstream = new UpstreamHandles(product.simulatorUrl);
  }

  static async open(product: Product, kek: string): Promise<UpstreamMerchants> {
    const config = configOf(product, kek);
    const dataSource = await createDataSource(product.database.url, 2).initialize();
    class Administration {}
    const context = await NestFactory.createApplicationContext(
      {
        module: Administration,
        imports: [PlatformModule.forRoot({ config, log: createLogger('error'), dataSource }), CredentialsModule],
      },
      { logger: false },
    );
    return new UpstreamMerchants(product, context, kek);
  }

  async add(setup: AccountSetup = {}): Promise<UpstreamMerchant> {
    const { route = [{ connector: 'checkout' }], apiUrl = `${this.product.simulatorUrl}/upstream` } = setup;
    const [clientId, clientSecret] = [`ack_${randomBytes(8).toString('hex')}`, randomBytes(16).toString('hex')];
    const webhookKey = randomBytes(16).toString('hex');
    [clientSecret, webhookKey].forEach(watchSecret);
    const admin = this.context.get(CredentialsAdmin);
    const { id: merchantId } = await admin.createMerchant({ name: clientId });
    const { channel } = await admin.createChannel({ merchantId, environment: 'test', name: 'Shop', route });
    for (const scheme of SCHEMES) {
      const acquirer = { acquirerBin: '490000', acquirerMerchantId: 'A', mcc: '5999', countryCode: '826' };
      const requestor = { requestorId: 'shop', requestorName: 'Shop', requestorUrl: 'https://shop.example' };
      await admin.setAcquirer(channel.id, { scheme, merchantName: 'Shop', ...acquirer, ...requestor });
    }
    const { key, secret } = await this.context.get(AccessKeysAdmin).create({
      merchantId,
      environment: 'test',
      scopes: ['sessions:app', 'sessions:browser'],
      defaultChannelId: channel.id,
    });
    const { account, webhookToken } = await this.context.get(ConnectorAccountsAdmin).create(
      {
        merchantId,
        connector: 'checkout',
        environment: 'test',
        name: 'Shop',
        apiBaseUrl: apiUrl,
        tokenUrl: `${this.product.simulatorUrl}/upstream/connect/token`,
        scopes: ['sessions:app', 'sessions:browser'],
        credential: { clientId, clientSecret: new Secret(setup.clientSecret ?? clientSecret) },
        webhookKey: new Secret(webhookKey),
      },
      { test: false },
    );
    const webhookUrl = `${this.product.apiUrl}/upstream/checkout/webhooks/${webhookToken.expose()}`;
    watchSecret(webhookToken.expose());
    await this.upstream.control('PUT', `/accounts/${clientId}`, {
      clientSecret,
      ...(setup.webhooks ? { webhook: { url: webhookUrl, key: webhookKey } } : {}),
      ...setup.upstream,
    });
    const credentials = { clientId: encodeId('accessKey', key.id), clientSecret: secret.expose() };
    const calls = new Calls(this.product, await bearer(this.product, credentials));
    const accountId = encodeId('connectorAccount', account.id);
    return { calls, credentials, clientId, clientSecret, accountId, webhookUrl, webhookKey };
  }

  /** Runs the command line program with the product's configuration. */
  async cli(...args: string[]): Promise<void> {
    let err = '';
    const config = () => configOf(this.product, this.kek);
    const code = await runCli([...args, '--json'], { out: () => undefined, err: (text) => (err += text), config });
    if (code !== 0) throw new Error(err);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

function configOf(product: Product, kek: string): ReturnType<typeof loadConfig> {
  return loadConfig({ DATABASE_URL: product.database.url, COUNTERSIGN_KEK: kek, COUNTERSIGN_DEMO: '1' });
}
