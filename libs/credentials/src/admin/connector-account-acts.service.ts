import { encodeId, NotFound, type Clock, type Secret } from '@app/kernel';
import {
  assertInScope,
  AUDIT_SINK,
  isAbout,
  UNREASONED,
  type Administrator,
  type AuditSink,
  type Edit,
  type Queryable,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Terms } from '../alongside';
import type { AccountChange, CredentialTrial, NewConnectorAccount, NewCredential } from '../connector-account-commands';
import { ConnectorAccountsAdmin } from '../connector-accounts-admin.service';
import { CREDENTIALS_CLOCK } from '../credentials.clock';
import type { ConnectorAccountInfo, ConnectorAccountStatus } from '../domain/connector-account';
import { connectorAccountFacts, differing, isThereAlready } from './facts';
import { MerchantActs } from './merchant-acts.service';

/**
 * What operators do to merchants' accounts at upstreams, within the merchants of their scope. Each act and its entry of the
 * audit log are there both or not at all. Ids are UUIDs; another merchant's account is not there.
 */
@Injectable()
export class ConnectorAccountActs {
  constructor(
    private readonly admin: ConnectorAccountsAdmin,
    private readonly merchants: MerchantActs,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  async get(actor: Administrator, id: string): Promise<ConnectorAccountInfo> {
    const account = await this.admin.find(id);
    if (!account) throw new NotFound('connector_account');
    assertInScope(actor, account.merchantId, 'connector_account');
    return account;
  }

  /** The account, and the end of the address for its webhooks, in clear this once. */
  async create(
    actor: Administrator,
    wanted: NewConnectorAccount,
    test: boolean,
    reason: string | null = null,
  ): Promise<{ readonly account: ConnectorAccountInfo; readonly webhookToken: Secret }> {
    await this.merchants.merchant(actor, wanted.merchantId);
    return this.admin.create(wanted, { test }, this.noted(actor, 'connector_account.created', reason));
  }

  async change(
    actor: Administrator,
    id: string,
    change: AccountChange,
    test: boolean,
    edit: Edit = UNREASONED,
  ): Promise<ConnectorAccountInfo> {
    const found = await this.get(actor, id);
    if (isThereAlready(connectorAccountFacts, found, change, edit.version)) return found;
    return this.admin.change(id, change, { test }, this.terms(actor, 'connector_account.changed', edit));
  }

  async rotate(
    actor: Administrator,
    id: string,
    credential: NewCredential,
    how: { readonly test: boolean; readonly overlapHours: number },
    edit: Edit = UNREASONED,
  ): Promise<ConnectorAccountInfo> {
    await this.get(actor, id);
    return this.admin.rotate(id, credential, how, this.terms(actor, 'connector_account.rotated', edit));
  }

  async setExpiry(
    actor: Administrator,
    id: string,
    expiresAt: Date | null,
    edit: Edit = UNREASONED,
  ): Promise<ConnectorAccountInfo> {
    const found = await this.get(actor, id);
    const credentials = found.credentials.slice(0, 1).map((newest) => ({ ...newest, expiresAt }));
    if (isThereAlready(connectorAccountFacts, found, { credentials }, edit.version)) return found;
    return this.admin.setExpiry(id, expiresAt, this.terms(actor, 'connector_account.expiry_set', edit));
  }

  async setStatus(
    actor: Administrator,
    id: string,
    status: ConnectorAccountStatus,
    edit: Edit = UNREASONED,
  ): Promise<ConnectorAccountInfo> {
    const found = await this.get(actor, id);
    if (found.status === status && isAbout(found, edit.version)) return found;
    const act = status === 'active' ? 'connector_account.enabled' : 'connector_account.disabled';
    return this.admin.setStatus(id, status, this.terms(actor, act, edit));
  }

  async addWebhookKey(
    actor: Administrator,
    id: string,
    key: Secret,
    edit: Edit = UNREASONED,
  ): Promise<ConnectorAccountInfo> {
    await this.get(actor, id);
    return this.admin.addWebhookKey(id, key, this.terms(actor, 'connector_account.webhook_key_added', edit));
  }

  async retireWebhookKey(actor: Administrator, id: string, edit: Edit = UNREASONED): Promise<ConnectorAccountInfo> {
    await this.get(actor, id);
    return this.admin.retireWebhookKey(id, this.terms(actor, 'connector_account.webhook_key_retired', edit));
  }

  /** The end of the new address, in clear this once. */
  async replaceWebhookAddress(
    actor: Administrator,
    id: string,
    edit: Edit = UNREASONED,
  ): Promise<{ readonly account: ConnectorAccountInfo; readonly token: Secret }> {
    const account = await this.get(actor, id);
    const how = this.terms(actor, 'connector_account.webhook_address_replaced', edit);
    return { account, token: await this.admin.replaceWebhookToken(id, how) };
  }

  /** Asks the upstream for a token with each credential that is valid now. Changes nothing, and is noted all the same. */
  async test(actor: Administrator, id: string, reason: string | null = null): Promise<CredentialTrial[]> {
    const { merchantId } = await this.get(actor, id);
    const trials = await this.admin.test(id);
    await this.audit.record({
      at: this.clock.now(),
      by: actor,
      act: 'connector_account.tested',
      subject: encodeId('connectorAccount', id),
      merchantId,
      after: { working: trials.filter(({ works }) => works).length, tried: trials.length },
      reason,
    });
    return trials;
  }

  private terms(by: Administrator, act: string, { reason, version }: Edit): Terms<ConnectorAccountInfo> {
    return { from: version, also: this.noted(by, act, reason) };
  }

  private noted(
    by: Administrator,
    act: string,
    reason: string | null,
  ): (tx: Queryable, account: ConnectorAccountInfo, before?: ConnectorAccountInfo) => Promise<void> {
    return (tx, account, before) => {
      const after = connectorAccountFacts(account);
      const change = before ? differing(connectorAccountFacts(before), after) : { after };
      const subject = encodeId('connectorAccount', account.id);
      const entry = { at: this.clock.now(), by, act, subject, merchantId: account.merchantId, ...change, reason };
      return this.audit.record(entry, tx);
    };
  }
}
