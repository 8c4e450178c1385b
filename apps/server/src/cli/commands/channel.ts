import type { BrandingChange, NewChannel, PageLocale, Route } from '@app/credentials';
import { NotFound } from '@app/kernel';
import { InvalidArgumentError, type Command } from 'commander';
import type { CommandLine } from '../command-line';
import { collect, fileContent, jsonValue, nameList, wholeNumber, wireId, yesOrNo } from '../option-values';
import { brandingView, channelView } from '../views';

type CreateOptions = Omit<NewChannel, 'merchantId' | 'id' | 'route' | 'connectors'> & {
  merchant: string;
  connectors: string[];
};

interface BrandingOptions {
  name?: string;
  accent?: string;
  logo?: Buffer;
  locale?: string;
  frameAncestor: string[];
  clear: string[];
}

interface RouteOptions {
  connector: string[];
  route?: unknown;
}

const CHANNEL = ['<channel>', 'processing channel id, pc_…', wireId('channel')] as const;
const always = (connectors: readonly string[]): Route => connectors.map((connector) => ({ connector }));

/** `channel create|list|show|route|branding` */
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
      const created = await line.acting((acts, by) =>
        acts.createChannel(by, { ...settings, merchantId: merchant, route: always(connectors) }),
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
      line.show(channelView(await line.acting((acts, by) => acts.changeChannel(by, id, { route: wanted }))));
    });
  channel
    .command('branding')
    .description("set how the pages look that the channel's customers see")
    .argument(...CHANNEL)
    .option('--name <text>', 'as customers know the shop')
    .option('--accent <colour>', 'colour of buttons, #rrggbb')
    .option('--logo <file>', 'PNG, JPEG or WebP, at most 64 KiB', fileContent)
    .option('--locale <language>', 'for browsers that want none of ours: en, fr, de, es, it, pt, nl, pl, ja, ar')
    .option('--frame-ancestor <origin>', 'a page that may frame ours, https://…; again for the next one', collect, [])
    .option('--clear <names>', "back to the page's own: name, accent, logo, locale, frame-ancestors", nameList, [])
    .action(async (id: string, options: BrandingOptions) => {
      const change = brandingChange(options);
      line.show(brandingView(await line.acting((acts, by) => acts.brandChannel(by, id, change))));
    });
}

/** What `--clear` takes, and the setting that each name means. */
const CLEARED: Readonly<Record<string, keyof BrandingChange>> = {
  name: 'displayName',
  accent: 'accent',
  logo: 'logo',
  locale: 'locale',
  'frame-ancestors': 'frameAncestors',
};

function brandingChange({ name, accent, logo, locale, frameAncestor, clear }: BrandingOptions): BrandingChange {
  const unknown = clear.find((one) => !Object.hasOwn(CLEARED, one));
  if (unknown !== undefined) throw new InvalidArgumentError(`--clear takes ${Object.keys(CLEARED).join(', ')}`);
  const cleared = Object.fromEntries(clear.map((one): [string, null] => [CLEARED[one] ?? one, null]));
  const given = {
    displayName: name,
    accent,
    logo,
    // What a person wrote is whatever it is: the rules are checked where it is stored.
    locale: locale as PageLocale | undefined,
    frameAncestors: frameAncestor.length > 0 ? frameAncestor : undefined,
  };
  return { ...cleared, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}
