import { PublicKeysAdmin } from '@app/credentials';
import type { Command } from 'commander';
import type { CommandLine } from '../command-line';
import { collect, publicKey, wireId } from '../option-values';
import { publicKeyView } from '../views';

interface CreateOptions {
  channel: string;
  origin: string[];
}

/** `public-key create|list|revoke` */
export function addPublicKeyCommands(program: Command, line: CommandLine): void {
  const withKeys = <T>(work: (keys: PublicKeysAdmin) => Promise<T>): Promise<T> =>
    line.withModules((modules) => work(modules.get(PublicKeysAdmin)));
  const key = program.command('public-key').description("what merchants' pages name a channel by to hand a card over");
  key
    .command('create')
    .description('make a public key of a channel')
    .requiredOption('--channel <id>', 'processing channel, pc_…', wireId('channel'))
    .option('--origin <origin>', 'a page that may use it, https://…; again for the next one; none: any', collect, [])
    .action(async ({ channel, origin }: CreateOptions) => {
      line.show(publicKeyView(await line.acting((acts, by) => acts.createPublicKey(by, channel, origin))));
    });
  key
    .command('list')
    .description('list the public keys of a channel')
    .requiredOption('--channel <id>', 'processing channel, pc_…', wireId('channel'))
    .action(async ({ channel }: Pick<CreateOptions, 'channel'>) => {
      line.show((await withKeys((keys) => keys.list(channel))).map(publicKeyView));
    });
  key
    .command('revoke')
    .description('end a public key, for good')
    .argument('<public-key>', 'public key, pk_…', publicKey)
    .action(async (id: string) => {
      line.show(publicKeyView(await line.acting((acts, by) => acts.revokePublicKey(by, id, null))));
    });
}
