import {
  ConnectorAccountsAdmin,
  type AccountConnector,
  type ConnectorAccountInfo,
  type NewConnectorAccount,
} from '@app/credentials';
import { encodeId, Secret } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { DemoCredentials } from './demo-file';
import { DEMO_SCOPES, type DemoMerchant } from './demo-merchants';

/**
 * Gives a demo merchant an account at this same server, as another demo merchant: our Sessions API is the upstream's. So a
 * session through it is there twice, once per merchant, and nothing outside is needed.
 */
@Injectable()
export class DemoUpstreams {
  constructor(private readonly accounts: ConnectorAccountsAdmin) {}

  /**
   * Makes the account that is missing, and brings the address and the credential of one that is there up to date. Nothing for
   * a merchant without an upstream. `known` are the merchants so far, `apiUrl` where the server is reached.
   */
  async ensure(demo: DemoMerchant, known: readonly DemoCredentials[], apiUrl: string): Promise<void> {
    if (!demo.upstream) return;
    const channelId = encodeId('channel', demo.upstream.channelId);
    const upstream = known.find(({ processingChannelId }) => processingChannelId === channelId);
    if (!upstream) throw new Error(`The upstream of ${demo.name} is not there`);
    const found = await this.accounts.find(demo.upstream.accountId);
    const wanted = accountOf(demo, demo.upstream.accountId, upstream, apiUrl);
    // Not tried at the upstream: that is us, and we are not ready before this is done.
    if (!found) await this.accounts.create(wanted, { test: false });
    else await this.update(found, wanted);
  }

  private async update(found: ConnectorAccountInfo, wanted: NewConnectorAccount): Promise<void> {
    const { apiBaseUrl, tokenUrl, credential } = wanted;
    if (found.apiBaseUrl !== apiBaseUrl || found.tokenUrl !== tokenUrl) {
      await this.accounts.change(found.id, { apiBaseUrl, tokenUrl }, { test: false });
    }
    // The key behind another client id was ended together with its secret's loss: nothing to overlap with.
    if (found.credentials[0]?.clientId !== credential.clientId) {
      await this.accounts.rotate(found.id, credential, { test: false, overlapHours: 0 });
    }
  }
}

function accountOf(
  { name, merchantId, connector }: DemoMerchant,
  id: string,
  upstream: DemoCredentials,
  apiUrl: string,
): NewConnectorAccount {
  return {
    id,
    merchantId,
    connector: connector as AccountConnector,
    environment: 'test',
    name: `${name}, at ${upstream.name}`,
    apiBaseUrl: apiUrl,
    tokenUrl: `${apiUrl}/connect/token`,
    scopes: DEMO_SCOPES,
    upstreamProcessingChannelId: upstream.processingChannelId,
    credential: { clientId: upstream.clientId, clientSecret: new Secret(upstream.clientSecret) },
  };
}
