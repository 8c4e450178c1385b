import type { NewChannel, Route } from '@app/credentials';
import { NotFound } from '@app/kernel';
import { InvalidArgumentError, type Command } from 'commander';
import type { CommandLine } from '../command-line';
import { collect, jsonValue, nameList, wholeNumber, wireId, yesOrNo } from '../option-values';
import { channelView } from '../views';

type CreateOptions = Omit<NewChannel, 'merchantId' | 'id' | 'route' | 'connectors'> & {
  merchant: string;
  connectors: string[];
};

interface RouteOptions {
  connector: string[];
  route?: unknown;
}

const CHANNEL = ['<channel>', 'processing channel id, pc_…', wireId('channel')] as const;
const always = (connectors: readonly string[]): Route => connectors.map((connector) => ({ connector }));

/** `channel create|list|show|route` */
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
    .action(async ({ merchant, connectors, ...settings }: CreateOptions) => {
      const created = await line.withAdmin((admin) =>
        admin.createChannel({ ...settings, merchantId: merchant, route: always(connectors) }),
      );
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
  channel
    .command('show')
    .description('show a channel')
    .argument(...CHANNEL)
    .action(async (id: string) => {
      const found = await line.withAdmin((admin) => admin.findChannel(id));
      if (!found) throw new NotFound('channel');
      line.show(channelView(found));
    });
  channel
    .command('route')
    .description('set which connectors serve new sessions, in which order')
    .argument(...CHANNEL)
    .option('--connector <name>', 'a connector that is always asked; again for the next one', collect, [])
    .option('--route <json>', 'or the whole route with its conditions', jsonValue)
    .action(async (id: string, { connector, route }: RouteOptions) => {
      if ((route === undefined) === (connector.length === 0)) {
        throw new InvalidArgumentError('Give either --connector, once or more, or --route');
      }
      // What a person wrote is whatever it is: the administration checks it as a whole.
      const wanted = (route ?? always(connector)) as Route;
      line.show(channelView(await line.withAdmin((admin) => admin.setRoute(id, wanted))));
    });
}
