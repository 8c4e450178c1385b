import type { Clock, Secret } from '@app/kernel';
import { Coalescer, LOG, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { STATE_MAX_AGE_MS } from './access-keys.service';
import { AccountSecrets } from './account-secrets';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import {
  ACCOUNT_CONNECTORS,
  isValidAt,
  type AccountConnector,
  type ConnectorAccountView,
  type UpstreamCredential,
} from './domain/connector-account';
import { ENVIRONMENTS, type Environment } from './domain/model';
import { ConnectorAccountRepository, type ConnectorAccountRow } from './persistence/connector-account.repository';
import { RecentCache } from './recent-cache';

const TOUCH_EVERY_MS = 60_000;
/** An address of ours for an upstream's webhooks: 256 random bits. */
const WEBHOOK_TOKEN = /^[\w-]{43}$/;

interface Calendar {
  validFrom: Date;
  retiresAt: Date | null;
}

/** An account with its secrets opened; which of them count is a matter of the moment. */
interface OpenedAccount {
  account: Omit<ConnectorAccountView, 'credentials' | 'webhookKeys'>;
  credentials: readonly (UpstreamCredential & Calendar)[];
  webhookKeys: readonly ({ key: Secret } & Calendar)[];
}

/** Merchants' accounts at upstreams, with what it takes to use them, at most 3 s old. Ids are UUIDs. */
@Injectable()
export class ConnectorAccounts {
  private readonly active: RecentCache<OpenedAccount | null>;
  private readonly known: RecentCache<OpenedAccount | null>;
  private readonly addresses: RecentCache<{ id: string } | null>;
  private readonly touched = new Map<string, number>();
  private readonly uses: Coalescer<{ accountId: string; clientId: string | null }, undefined>;

  constructor(
    private readonly repository: ConnectorAccountRepository,
    private readonly secrets: AccountSecrets,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.active = new RecentCache(clock, (key) => this.loadActive(key), STATE_MAX_AGE_MS);
    this.known = new RecentCache(clock, async (id) => this.open(await repository.findById(id)), STATE_MAX_AGE_MS);
    this.addresses = new RecentCache(
      clock,
      (mac) => repository.findIdByWebhookAddress(Buffer.from(mac, 'hex')),
      STATE_MAX_AGE_MS,
    );
    this.uses = new Coalescer(
      async (uses) => {
        await repository.touch(uses, clock.now());
        return uses.map(() => undefined);
      },
      { concurrency: 1, batch: 1_000 },
    );
  }

  /** The account that serves a merchant's new sessions at this connector: the active one, if there is one. */
  async forMerchant(
    merchantId: string,
    connector: AccountConnector,
    environment: Environment,
  ): Promise<ConnectorAccountView | undefined> {
    return this.view(await this.active.get(`${merchantId} ${connector} ${environment}`));
  }

  /**
   * What `forMerchant` would give, from memory alone: null when there is no such account, undefined when nobody asked of
   * late.
   */
  peek(
    merchantId: string,
    connector: AccountConnector,
    environment: Environment,
  ): ConnectorAccountView | null | undefined {
    const account = this.active.peek(`${merchantId} ${connector} ${environment}`);
    return account ? this.view(account) : account;
  }

  /** The account of that id in whatever status: for sessions under way, tokens and notices. */
  async byId(accountId: string): Promise<ConnectorAccountView | undefined> {
    return this.view(await this.known.get(accountId));
  }

  /** The account, in whatever status, whose inbound address ends in `token`. */
  async byWebhookAddress(token: string): Promise<ConnectorAccountView | undefined> {
    if (!WEBHOOK_TOKEN.test(token)) return undefined;
    const mac = await this.secrets.webhookAddressMac(token);
    const found = await this.addresses.get(mac.toString('hex'));
    return found ? this.byId(found.id) : undefined;
  }

  /**
   * Notes that a token was got with the account's credential of that client id (default: its newest). At most one write
   * per credential, replica and minute, many in one statement; nobody waits for it.
   */
  touch(accountId: string, clientId: string | null = null): void {
    const key = `${accountId} ${clientId ?? ''}`;
    const now = this.clock.now().getTime();
    if (now - (this.touched.get(key) ?? 0) < TOUCH_EVERY_MS) return;
    this.touched.set(key, now);
    this.uses.submit({ accountId, clientId }).catch((error: unknown) => {
      this.log.warn({ err: error, accountId }, 'use of a connector account not noted');
    });
  }

  /** Forgets what is in memory: a change made by this process counts at once. */
  forget(): void {
    this.active.clear();
    this.known.clear();
    this.addresses.clear();
  }

  private view(opened: OpenedAccount | null): ConnectorAccountView | undefined {
    if (!opened) return undefined;
    const now = this.clock.now();
    return {
      ...opened.account,
      credentials: opened.credentials.filter((one) => isValidAt(one, now)),
      webhookKeys: opened.webhookKeys.filter((one) => isValidAt(one, now)).map(({ key }) => key),
    };
  }

  private async loadActive(key: string): Promise<OpenedAccount | null> {
    const [merchantId = '', connectorName, environmentName] = key.split(' ');
    const connector = ACCOUNT_CONNECTORS.find((name) => name === connectorName);
    const environment = ENVIRONMENTS.find((name) => name === environmentName);
    if (!connector || !environment) return null;
    return this.open(await this.repository.findActive(merchantId, connector, environment));
  }

  private open(row: ConnectorAccountRow | null): OpenedAccount | null {
    if (!row) return null;
    const { credentials, webhookKeys, createdAt: _, ...account } = row;
    const now = this.clock.now();
    const isOver = ({ retiresAt }: { retiresAt: Date | null }): boolean => retiresAt !== null && retiresAt <= now;
    return {
      account,
      credentials: credentials
        .filter((one) => !isOver(one))
        .map((one) => ({ ...this.secrets.openCredential(one), validFrom: one.validFrom, retiresAt: one.retiresAt })),
      webhookKeys: webhookKeys
        .filter((one) => !isOver(one))
        .map((one) => ({ key: this.secrets.openWebhookKey(one), validFrom: one.createdAt, retiresAt: one.retiresAt })),
    };
  }
}
