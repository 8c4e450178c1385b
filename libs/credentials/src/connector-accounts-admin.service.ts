import { newUuidV7, NotAllowed, NotFound, type Clock, type Secret } from '@app/kernel';
import { isUniqueViolation, MerchantAddresses, takeVersion, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { alone, plainly, VERSIONED, type Alongside, type Terms } from './alongside';
import { AccountSecrets } from './account-secrets';
import type { AccountChange, CredentialTrial, NewConnectorAccount, NewCredential } from './connector-account-commands';
import { ConnectorAccounts } from './connector-accounts.service';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import { InvalidSettings } from './credentials.errors';
import { isValidAt, type ConnectorAccountInfo, type ConnectorAccountStatus } from './domain/connector-account';
import { settingProblems } from './domain/settings-rules';
import { ConnectorAccountRepository, type ConnectorAccountRow } from './persistence/connector-account.repository';
import { MerchantRepository } from './persistence/merchant.repository';
import { UpstreamAccess, wordsOf } from './upstream-access';

const HOUR_MS = 3_600_000;
const DEFAULT_OVERLAP_HOURS = 24;
/** What tokens depend on besides the credential. */
const TOKEN_SETTINGS = ['apiBaseUrl', 'tokenUrl', 'scopes'] as const;

/** Everything that operators decide about merchants' accounts at upstreams. Ids are UUIDs. */
@Injectable()
export class ConnectorAccountsAdmin {
  constructor(
    private readonly repository: ConnectorAccountRepository,
    private readonly merchants: MerchantRepository,
    private readonly accounts: ConnectorAccounts,
    private readonly upstream: UpstreamAccess,
    private readonly addresses: MerchantAddresses,
    private readonly secrets: AccountSecrets,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes an active account. Its credential is tried at the upstream first, unless `test` is false. `webhookToken` ends the
   * address that the upstream's webhooks go to; it is given here and can be replaced, not shown again.
   * @throws InvalidSettings, NotFound (merchant), NotAllowed (the trial; the merchant has an active one)
   */
  async create(
    input: NewConnectorAccount,
    { test = true } = {},
    also: Alongside<ConnectorAccountInfo> = alone,
  ): Promise<{ account: ConnectorAccountInfo; webhookToken: Secret }> {
    const { credential, webhookKey, scopes, ...settings } = input;
    accept({ ...settings, upstreamScopes: scopes }, { credential, webhookKey });
    this.acceptAddresses(input);
    if (!(await this.merchants.findById(input.merchantId))) throw new NotFound('merchant');
    if (test) await this.upstream.require(input, credential, scopes);
    const at = this.clock.now();
    const id = input.id ?? newUuidV7(at);
    const webhookToken = this.secrets.newWebhookToken();
    const row = {
      ...settings,
      id,
      scopes: [...scopes],
      status: 'active' as const,
      upstreamProcessingChannelId: input.upstreamProcessingChannelId ?? null,
      credentialVersion: 1,
      webhookAddressMac: await this.secrets.webhookAddressMac(webhookToken.expose()),
    };
    const insert = async (tx: Queryable): Promise<void> => {
      await this.repository.insert(tx, row, at);
      await this.secrets.addCredential(tx, row, credential, 1, at);
      if (webhookKey) await this.secrets.addWebhookKey(tx, row, webhookKey, at);
    };
    return { account: await onlyOneActive(() => this.noting(id, insert, also)), webhookToken };
  }

  /** @throws NotFound (merchant) */
  async list(merchantId: string): Promise<ConnectorAccountInfo[]> {
    if (!(await this.merchants.findById(merchantId))) throw new NotFound('merchant');
    return (await this.repository.listOfMerchant(merchantId)).map(toInfo);
  }

  async find(id: string): Promise<ConnectorAccountInfo | null> {
    const row = await this.repository.findById(id);
    return row && toInfo(row);
  }

  /** @throws NotFound */
  async get(id: string): Promise<ConnectorAccountInfo> {
    return toInfo(await this.require(id));
  }

  /**
   * Changes settings. Where tokens depend on one (addresses, scopes) the newest credential is tried with them first, unless
   * `test` is false, and tokens got before are dropped within 5 s.
   * @throws InvalidSettings, NotFound, NotAllowed (the trial)
   */
  async change(
    id: string,
    change: AccountChange,
    { test = true } = {},
    how: Terms<ConnectorAccountInfo> = plainly,
  ): Promise<ConnectorAccountInfo> {
    const { scopes, ...settings } = change;
    accept({ ...settings, upstreamScopes: scopes }, {});
    const before = await this.require(id);
    const wanted = { ...before, ...present(change) };
    this.acceptAddresses(wanted);
    const [newest] = before.credentials;
    const isForTokens = TOKEN_SETTINGS.some((setting) => change[setting] !== undefined);
    if (test && newest && isForTokens) {
      await this.upstream.require(wanted, this.secrets.openCredential(newest), wanted.scopes);
    }
    return this.changing(
      id,
      async (tx) => {
        const account = await this.require(id, tx);
        await this.repository.setSettings(tx, { ...account, ...present(change) });
        if (isForTokens) await this.repository.setCredentialVersion(tx, id, account.credentialVersion + 1);
      },
      how,
    );
  }

  /**
   * Puts a credential before the present one, which stays valid for `overlapHours` (default 24); any older one ends now.
   * The new one is tried first, unless `test` is false. Tokens got before are dropped within 5 s.
   * @throws InvalidSettings, NotFound, NotAllowed (the trial)
   */
  async rotate(
    id: string,
    credential: NewCredential,
    { test = true, overlapHours = DEFAULT_OVERLAP_HOURS } = {},
    how: Terms<ConnectorAccountInfo> = plainly,
  ): Promise<ConnectorAccountInfo> {
    accept({}, { credential });
    const account = await this.require(id);
    if (test) await this.upstream.require(account, credential, account.scopes);
    return this.changing(
      id,
      async (tx) => {
        const { credentialVersion, credentials } = await this.require(id, tx);
        const at = this.clock.now();
        const [present, ...older] = credentials.map((one) => one.id);
        const version = credentialVersion + 1;
        await this.repository.retireCredentials(tx, older, at);
        if (present) {
          await this.repository.retireCredentials(tx, [present], new Date(at.getTime() + overlapHours * HOUR_MS));
        }
        await this.secrets.addCredential(tx, account, credential, version, at);
        await this.repository.setCredentialVersion(tx, id, version);
      },
      how,
    );
  }

  /**
   * Sets when the upstream will end the newest credential; null: not known, nothing is announced.
   * @throws NotFound
   */
  async setExpiry(
    id: string,
    expiresAt: Date | null,
    how: Terms<ConnectorAccountInfo> = plainly,
  ): Promise<ConnectorAccountInfo> {
    return this.changing(
      id,
      async (tx) => {
        const [newest] = (await this.require(id, tx)).credentials;
        if (newest) await this.repository.setExpiry(tx, newest.id, expiresAt);
      },
      how,
    );
  }

  /**
   * Adds a key that webhooks may be signed with, beside the present one.
   * @throws InvalidSettings, NotFound, NotAllowed (there are two)
   */
  async addWebhookKey(
    id: string,
    key: Secret,
    how: Terms<ConnectorAccountInfo> = plainly,
  ): Promise<ConnectorAccountInfo> {
    accept({}, { webhookKey: key });
    return this.changing(
      id,
      async (tx) => {
        const account = await this.require(id, tx);
        const at = this.clock.now();
        if (validKeys(account, at).length >= 2) {
          throw new NotAllowed('webhook_keys_full', 'Two webhook keys are valid: retire the older one first');
        }
        await this.secrets.addWebhookKey(tx, account, key, at);
      },
      how,
    );
  }

  /**
   * Ends every webhook key but the newest, now.
   * @throws NotFound, NotAllowed (there is no older one)
   */
  async retireWebhookKey(id: string, how: Terms<ConnectorAccountInfo> = plainly): Promise<ConnectorAccountInfo> {
    return this.changing(
      id,
      async (tx) => {
        const account = await this.require(id, tx);
        const at = this.clock.now();
        const [, ...older] = validKeys(account, at);
        if (older.length === 0)
          throw new NotAllowed('webhook_key_not_replaced', 'No newer webhook key takes its place');
        const ids = older.map((key) => key.id);
        await this.repository.retireWebhookKeys(tx, ids, at);
      },
      how,
    );
  }

  /**
   * Gives the account a new inbound address in place of the old one, which ends within 5 s.
   * @throws NotFound
   */
  async replaceWebhookToken(id: string, how: Terms<ConnectorAccountInfo> = plainly): Promise<Secret> {
    const token = this.secrets.newWebhookToken();
    const mac = await this.secrets.webhookAddressMac(token.expose());
    await this.changing(id, (tx) => this.repository.setWebhookAddress(tx, id, mac), how);
    return token;
  }

  /**
   * Asks the upstream for a token with each credential that is valid now, the newest first.
   * @throws NotFound
   */
  async test(id: string): Promise<CredentialTrial[]> {
    const account = await this.require(id);
    const now = this.clock.now();
    const trials: CredentialTrial[] = [];
    for (const one of account.credentials.filter((candidate) => isValidAt(candidate, now))) {
      const result = await this.upstream.try(account, this.secrets.openCredential(one), account.scopes);
      const works = result.outcome === 'issued';
      const says = works ? `a token for ${result.expiresInSeconds} s was issued` : wordsOf(result);
      trials.push({ clientId: one.clientId, works, says });
    }
    return trials;
  }

  /**
   * A disabled account serves no new session, within 5 s on every replica; sessions under way go on.
   * @throws NotFound, NotAllowed (another one of the merchant's is active)
   */
  async setStatus(
    id: string,
    status: ConnectorAccountStatus,
    how: Terms<ConnectorAccountInfo> = plainly,
  ): Promise<ConnectorAccountInfo> {
    const set = (tx: Queryable): Promise<void> => this.repository.setStatus(tx, id, status);
    return onlyOneActive(() => this.changing(id, set, how));
  }

  /** Changes an account that is there. @throws NotFound, ChangedMeanwhile */
  private async changing(
    id: string,
    change: (tx: Queryable) => Promise<void>,
    { from, also }: Terms<ConnectorAccountInfo>,
  ): Promise<ConnectorAccountInfo> {
    const work = async (tx: Queryable): Promise<ConnectorAccountInfo> => {
      await takeVersion(tx, VERSIONED.connectorAccount, id, from, this.clock.now());
      const before = toInfo(await this.require(id, tx));
      await change(tx);
      return before;
    };
    return this.noting(id, work, also);
  }

  /** Does something with an account, and what belongs to that, both or neither; gives it as it is afterwards. */
  private async noting<Found>(
    id: string,
    work: (tx: Queryable) => Promise<Found>,
    also: (tx: Queryable, account: ConnectorAccountInfo, found: Found) => Promise<void>,
  ): Promise<ConnectorAccountInfo> {
    const info = await this.repository.transaction(async (tx) => {
      const found = await work(tx);
      const account = toInfo(await this.require(id, tx));
      await also(tx, account, found);
      return account;
    });
    this.accounts.forget();
    return info;
  }

  private async require(id: string, tx?: Queryable): Promise<ConnectorAccountRow> {
    const account = await this.repository.findById(id, tx);
    if (!account) throw new NotFound('connector_account');
    return account;
  }

  private acceptAddresses(input: Pick<NewConnectorAccount, 'apiBaseUrl' | 'tokenUrl'>): void {
    const problems = (['apiBaseUrl', 'tokenUrl'] as const)
      .filter((setting) => !this.addresses.allows(input[setting]))
      .map((setting) => ({ setting, says: 'must be https and lead to the public internet' }));
    if (problems.length > 0) throw new InvalidSettings(problems);
  }
}

/** Checks settings, and secrets where they are given, by the rules for each. */
function accept(settings: object, secrets: { credential?: NewCredential; webhookKey?: Secret | undefined }): void {
  const { credential, webhookKey } = secrets;
  const given = {
    ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== null)),
    ...(credential && { clientId: credential.clientId, clientSecret: credential.clientSecret.expose() }),
    ...(webhookKey && { webhookKey: webhookKey.expose() }),
  };
  const problems = settingProblems(given);
  if (problems.length > 0) throw new InvalidSettings(problems);
}

async function onlyOneActive<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error, 'uq_connector_account_active')) throw error;
    throw new NotAllowed(
      'connector_account_exists',
      'The merchant has an active account of this connector and environment: disable that one first',
    );
  }
}

/** Without members that hold nothing; null is something. */
function present<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}

function validKeys(account: ConnectorAccountRow, at: Date): ConnectorAccountRow['webhookKeys'] {
  return account.webhookKeys.filter(({ createdAt, retiresAt }) => isValidAt({ validFrom: createdAt, retiresAt }, at));
}

function toInfo({ credentials, webhookKeys, ...account }: ConnectorAccountRow): ConnectorAccountInfo {
  return {
    ...account,
    credentials: credentials.map(({ clientSecretSealed: _, ...shown }) => shown),
    webhookKeys: webhookKeys.map(({ keySealed: _, ...shown }) => shown),
  };
}
