import {
  checkoutAddresses,
  ConnectorAccountActs,
  ConnectorAccountsAdmin,
  type AccountChange,
  type AccountConnector,
  type ConnectorAccountInfo,
  type Environment,
  type NewConnectorAccount,
} from '@app/credentials';
import type { Secret } from '@app/kernel';
import type { Administrator } from '@app/platform';
import { InvalidArgumentError, type Command } from 'commander';
import { commandLine } from '../acting';
import type { CommandLine } from '../command-line';
import { dateOrNever, nameList, numberBetween, wireId } from '../option-values';
import { secretFrom } from '../secret-input';
import { connectorAccountLine, connectorAccountView } from '../views';

interface CredentialOptions {
  clientId: string;
  clientSecretFile: Secret;
  expires?: Date | null;
  /** False with `--no-test`. */
  test: boolean;
}

interface CreateOptions extends CredentialOptions {
  merchant: string;
  connector: AccountConnector;
  environment: Environment;
  name: string;
  upstreamClient?: string;
  apiUrl?: string;
  tokenUrl?: string;
  scope: string[];
  upstreamChannel?: string;
  webhookKeyFile?: Secret;
}

interface SetOptions {
  name?: string;
  apiUrl?: string;
  tokenUrl?: string;
  scope?: string[];
  upstreamChannel?: string;
  test: boolean;
}

const ACCOUNT = ['<account>', 'connector account id, cac_…', wireId('connectorAccount')] as const;
const SECRET_FILE = 'file that holds it, - for standard input';
const NO_TEST = ['--no-test', 'save it without asking the upstream for a token first'] as const;
const SHOWN_ONCE = 'The webhook address is shown this once.';

/** `connector-account create|list|show|test|set|rotate|expires|webhook-key|webhook-address|disable|enable` */
export function addConnectorAccountCommands(program: Command, line: CommandLine): void {
  const account = program.command('connector-account').description("merchants' accounts at upstreams");
  const withAccounts = <T>(work: (accounts: ConnectorAccountsAdmin) => Promise<T>): Promise<T> =>
    line.withModules((modules) => work(modules.get(ConnectorAccountsAdmin)));
  const acting = <T>(work: (acts: ConnectorAccountActs, by: Administrator) => Promise<T>): Promise<T> =>
    line.withModules((modules) => work(modules.get(ConnectorAccountActs), commandLine()));
  const shown = async (
    work: (acts: ConnectorAccountActs, by: Administrator) => Promise<ConnectorAccountInfo>,
  ): Promise<void> => line.show(connectorAccountView(await acting(work)));

  credentialOptions(account.command('create').description('add an account, once its credential was tried'))
    .requiredOption('--merchant <id>', 'merchant id, mer_…', wireId('merchant'))
    .requiredOption('--name <text>', 'name for people')
    .option('--connector <name>', 'connector that uses it', 'checkout')
    .option('--environment <name>', 'test or live', 'test')
    .option('--upstream-client <id>', 'cli_…, which gives the addresses of Checkout.com')
    .option('--api-url <url>', "base of the upstream's API")
    .option('--token-url <url>', "the upstream's token endpoint")
    .option('--scope <names>', 'what tokens are asked for', nameList, ['sessions:app', 'sessions:browser'])
    .option('--upstream-channel <id>', 'processing channel at the upstream, pc_…')
    .option('--webhook-key-file <path>', `key of its webhooks: ${SECRET_FILE}`, secretFrom('--webhook-key-file'))
    .action(async (options: CreateOptions) => {
      const created = await acting((acts, by) => acts.create(by, newAccount(options), options.test));
      const webhooks = webhookAddress(line, created.account.connector, created.webhookToken);
      line.show({ ...connectorAccountView(created.account), ...webhooks }, SHOWN_ONCE);
    });
  account
    .command('list')
    .description('list the accounts of a merchant')
    .requiredOption('--merchant <id>', 'merchant id, mer_…', wireId('merchant'))
    .action(async ({ merchant }: { merchant: string }) => {
      line.show((await withAccounts((accounts) => accounts.list(merchant))).map(connectorAccountLine));
    });
  account
    .command('show')
    .description('show an account with its credentials and webhook keys; no secret')
    .argument(...ACCOUNT)
    .action((id: string) => shown((acts, by) => acts.get(by, id)));
  account
    .command('test')
    .description('ask the upstream for a token with each valid credential')
    .argument(...ACCOUNT)
    .action(async (id: string) => line.show(await acting((acts, by) => acts.test(by, id))));
  credentialOptions(account.command('rotate').description('add a credential before the present one, which then ends'))
    .argument(...ACCOUNT)
    .option('--overlap-hours <n>', 'how long the present one stays valid, 0 to 720', numberBetween(0, 720), 24)
    .action((id: string, options: CredentialOptions & { overlapHours: number }) =>
      shown((acts, by) => {
        const { test, overlapHours } = options;
        return acts.rotate(by, id, credentialOf(options), { test, overlapHours });
      }),
    );
  account
    .command('expires')
    .description('set when the upstream ends the newest credential')
    .argument(...ACCOUNT)
    .argument('<date>', 'such as 2027-01-31, or never', dateOrNever)
    .action((id: string, date: Date | null) => shown((acts, by) => acts.setExpiry(by, id, date)));
  account
    .command('set')
    .description('change settings; addresses and scopes once the credential was tried with them')
    .argument(...ACCOUNT)
    .option('--name <text>', 'name for people')
    .option('--api-url <url>', "base of the upstream's API")
    .option('--token-url <url>', "the upstream's token endpoint")
    .option('--scope <names>', 'what tokens are asked for', nameList)
    .option('--upstream-channel <id>', 'processing channel at the upstream, pc_…; none for its default')
    .option(...NO_TEST)
    .action((id: string, options: SetOptions) => {
      const change = changeOf(options);
      if (Object.keys(change).length === 0)
        throw new InvalidArgumentError('Name a setting to change; --help lists them');
      return shown((acts, by) => acts.change(by, id, change, options.test));
    });
  const key = account.command('webhook-key').description("keys that the upstream's webhooks are signed with");
  key
    .command('add')
    .description('add a key beside the present one')
    .argument(...ACCOUNT)
    .requiredOption('--key-file <path>', SECRET_FILE, secretFrom('--key-file'))
    .action((id: string, { keyFile }: { keyFile: Secret }) => shown((acts, by) => acts.addWebhookKey(by, id, keyFile)));
  key
    .command('retire')
    .description('end every key but the newest, now')
    .argument(...ACCOUNT)
    .action((id: string) => shown((acts, by) => acts.retireWebhookKey(by, id)));
  account
    .command('webhook-address')
    .description('make a new address for webhooks in place of the old one')
    .argument(...ACCOUNT)
    .action(async (id: string) => {
      const { account: changed, token } = await acting((acts, by) => acts.replaceWebhookAddress(by, id));
      line.show(webhookAddress(line, changed.connector, token), SHOWN_ONCE);
    });
  account
    .command('disable')
    .description('serve no new session by it; sessions under way go on')
    .argument(...ACCOUNT)
    .action((id: string) => shown((acts, by) => acts.setStatus(by, id, 'disabled')));
  account
    .command('enable')
    .description('end a disable')
    .argument(...ACCOUNT)
    .action((id: string) => shown((acts, by) => acts.setStatus(by, id, 'active')));
}

function credentialOptions(command: Command): Command {
  return command
    .requiredOption('--client-id <id>', 'client id that the upstream gave')
    .requiredOption('--client-secret-file <path>', `client secret: ${SECRET_FILE}`, secretFrom('--client-secret-file'))
    .option('--expires <date>', 'when the upstream ends it, such as 2027-01-31', dateOrNever)
    .option(...NO_TEST);
}

function credentialOf({
  clientId,
  clientSecretFile,
  expires = null,
}: CredentialOptions): NewConnectorAccount['credential'] {
  return { clientId, clientSecret: clientSecretFile, expiresAt: expires };
}

function changeOf({ name, apiUrl, tokenUrl, scope, upstreamChannel }: SetOptions): AccountChange {
  return {
    ...(name !== undefined && { name }),
    ...(apiUrl !== undefined && { apiBaseUrl: bare(apiUrl) }),
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(scope !== undefined && { scopes: scope }),
    ...(upstreamChannel !== undefined && {
      upstreamProcessingChannelId: upstreamChannel === 'none' ? null : upstreamChannel,
    }),
  };
}

function newAccount(options: CreateOptions): NewConnectorAccount {
  const { merchant, connector, environment, name, scope, upstreamChannel, webhookKeyFile } = options;
  return {
    merchantId: merchant,
    connector,
    environment,
    name,
    ...addressesOf(options),
    scopes: scope,
    upstreamProcessingChannelId: upstreamChannel ?? null,
    credential: credentialOf(options),
    ...(webhookKeyFile && { webhookKey: webhookKeyFile }),
  };
}

/** Those given, or those of the client id at Checkout.com. */
function addressesOf(options: CreateOptions): Pick<NewConnectorAccount, 'apiBaseUrl' | 'tokenUrl'> {
  const { upstreamClient, environment } = options;
  const derived = upstreamClient === undefined ? null : checkoutAddresses(upstreamClient, environment);
  if (upstreamClient !== undefined && derived === null) {
    throw new InvalidArgumentError('--upstream-client must be a client id of the form cli_…');
  }
  const apiBaseUrl = options.apiUrl === undefined ? derived?.apiBaseUrl : bare(options.apiUrl);
  const tokenUrl = options.tokenUrl ?? derived?.tokenUrl;
  if (apiBaseUrl === undefined || tokenUrl === undefined) {
    throw new InvalidArgumentError('--api-url and --token-url are needed, or --upstream-client');
  }
  return { apiBaseUrl, tokenUrl };
}

/** Without slashes at its end. */
function bare(url: string): string {
  return url.replace(/\/+$/, '');
}

/** Where the upstream is to send its webhooks; the path alone where the public address is not configured. */
function webhookAddress(line: CommandLine, connector: AccountConnector, token: Secret): { webhookAddress: string } {
  const base = line.config().http.publicUrl ?? '';
  return { webhookAddress: `${base}/upstream/${connector}/webhooks/${token.expose()}` };
}
