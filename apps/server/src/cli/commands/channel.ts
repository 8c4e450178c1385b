import type { NewChannel } from '@app/credentials';
import type { Command } from 'commander';
import type { CommandLine } from '../command-line';
import { nameList, wholeNumber, wireId, yesOrNo } from '../option-values';
import { channelView } from '../views';

type CreateOptions = Omit<NewChannel, 'merchantId' | 'id'> & { merchant: string };

/** `channel create|list` */
export function addChannelCommands(program: Command, line: CommandLine): void {
  const channel = program.command('channel').description("merchants' processing channels");
  channel
    .command('create')
    .description('create a channel; prints its webhook secret once')
    .requiredOption('--merchant <id>', 'merchant id, mer_…', wireId('merchant'))
    .requiredOption('--name <text>', 'name for people')
    .option('--environment <name>', 'test or live', 'test')
    .option('--connectors <names>', 'connectors in the order of the route', nameList, ['emv3ds'])
    .option('--preferred-schemes <names>', 'for co-badged cards, most wanted first', nameList)
    .option('--session-minutes <n>', 'life of a session that is not final, 5 to 60', wholeNumber)
    .option('--card-retention-minutes <n>', 'life of the card number after the result, 0 to 1440', wholeNumber)
    .option('--auto-complete <yes|no>', 'complete sessions that the merchant left open', yesOrNo)
    .action(async ({ merchant, ...settings }: CreateOptions) => {
      const created = await line.withAdmin((admin) => admin.createChannel({ ...settings, merchantId: merchant }));
      line.show(
        { ...channelView(created.channel), webhookSecret: created.webhookSecret.expose() },
        'The webhook secret is shown this once.',
      );
    });
  channel
    .command('list')
    .description('list the channels of a merchant')
    .requiredOption('--merchant <id>', 'merchant id, mer_…', wireId('merchant'))
    .action(async ({ merchant }: { merchant: string }) => {
      line.show((await line.withAdmin((admin) => admin.listChannels(merchant))).map(channelView));
    });
}
