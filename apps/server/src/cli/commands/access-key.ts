import { AccessKeysAdmin, type Environment } from '@app/credentials';
import type { Command } from 'commander';
import type { CommandLine } from '../command-line';
import { nameList, wholeNumber, wireId } from '../option-values';
import { accessKeyView } from '../views';

interface CreateOptions {
  merchant: string;
  environment: Environment;
  channel?: string;
  scopes: string[];
  tokenTtl?: number;
}

/** `access-key create|revoke|list` */
export function addAccessKeyCommands(program: Command, line: CommandLine): void {
  const key = program.command('access-key').description("client ids and secrets of merchants' backends");
  key
    .command('create')
    .description('issue an access key; prints its secret once')
    .requiredOption('--merchant <id>', 'merchant id, mer_…', wireId('merchant'))
    .option('--environment <name>', 'test or live', 'test')
    .option('--channel <id>', 'default processing channel, pc_…', wireId('channel'))
    .option('--scopes <names>', 'scopes to grant', nameList, ['sessions:app', 'sessions:browser'])
    .option('--token-ttl <seconds>', 'life of its tokens, 1 to 86400', wholeNumber)
    .action(async (options: CreateOptions) => {
      const issued = await line.acting((acts, by) =>
        acts.issueAccessKey(by, {
          merchantId: options.merchant,
          environment: options.environment,
          scopes: options.scopes,
          defaultChannelId: options.channel ?? null,
          ...(options.tokenTtl === undefined ? {} : { tokenTtlSeconds: options.tokenTtl }),
        }),
      );
      const view = accessKeyView(issued.key) as { id: string };
      line.show(
        { ...view, clientId: view.id, clientSecret: issued.secret.expose() },
        'The client secret is shown this once.',
      );
    });
  key
    .command('revoke')
    .description('end a key and the tokens that it got, for good')
    .argument('<access-key>', 'access key id, ack_…', wireId('accessKey'))
    .action(async (id: string) => {
      line.show(accessKeyView(await line.acting((acts, by) => acts.revokeAccessKey(by, id, null))));
    });
  key
    .command('list')
    .description('list the access keys of a merchant')
    .requiredOption('--merchant <id>', 'merchant id, mer_…', wireId('merchant'))
    .action(async ({ merchant }: { merchant: string }) => {
      line.show((await line.withModules((modules) => modules.get(AccessKeysAdmin).list(merchant))).map(accessKeyView));
    });
}
