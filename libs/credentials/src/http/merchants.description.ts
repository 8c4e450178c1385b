import { SCHEMES } from '@app/kernel';
import { shapes, type AdminDescription, type JsonSchema } from '@app/platform';
import { CHANNEL_LISTING, MERCHANT_LISTING } from '../admin/listings';
import { ENVIRONMENTS, MERCHANT_STATUSES } from '../domain/model';
import {
  AcquirerDto,
  BrandingDto,
  ChangeChannelDto,
  ChangeMerchantDto,
  CreateChannelDto,
  CreateMerchantDto,
  EditDto,
} from './admin.dto';

const { count, flag, id, listOf, object, oneOf, orNull, text, time, told, version, whole } = shapes;

const SHADE = whole({ ground: text, ink: text });
const CHANNEL = {
  id: id('channel'),
  merchant_id: id('merchant'),
  environment: oneOf(ENVIRONMENTS),
  name: text,
  connectors: listOf(text),
  version,
};
const CHANNEL_WHOLE = {
  ...CHANNEL,
  route: told('Connectors in the order in which they are asked, each with `when` it counts', listOf(object)),
  preferred_schemes: listOf(oneOf(SCHEMES)),
  session_minutes: count,
  card_retention_minutes: count,
  auto_complete: flag,
  acquirers: listOf(
    whole({
      scheme: oneOf(SCHEMES),
      acquirer_bin: text,
      acquirer_merchant_id: text,
      mcc: text,
      country_code: text,
      merchant_name: text,
      requestor_id: text,
      requestor_name: text,
      requestor_url: text,
    }),
  ),
  branding: whole({
    display_name: orNull(text),
    accent: orNull(text),
    locale: orNull(text),
    frame_ancestors: listOf(text),
    logo_url: told('A path of this server', orNull(text)),
    shades: told(
      'What becomes of the colour on light pages and on dark ones',
      orNull(whole({ light: SHADE, dark: SHADE })),
    ),
  }),
};
const WEBHOOK_SECRET = { webhook_secret: told('Shown this once', text) };
const ROUTE: Readonly<Record<string, JsonSchema>> = { route: listOf(object) };

export const DESCRIPTION: AdminDescription = {
  tag: 'Merchants',
  schemas: {
    Merchant: whole({ id: id('merchant'), name: text, status: oneOf(MERCHANT_STATUSES), created_at: time, version }),
    ChannelLine: whole({ ...CHANNEL, created_at: time }),
    Channel: whole(CHANNEL_WHOLE),
    NewChannel: whole({ ...CHANNEL_WHOLE, ...WEBHOOK_SECRET }),
    WebhookSecret: whole(WEBHOOK_SECRET),
  },
  routes: {
    'GET merchants': { id: 'listMerchants', summary: 'List merchants', list: MERCHANT_LISTING, answer: 'Merchant' },
    'POST merchants': { id: 'createMerchant', summary: 'Make a merchant', body: CreateMerchantDto, answer: 'Merchant' },
    'GET merchants/:id': { id: 'getMerchant', summary: 'Show a merchant', answer: 'Merchant' },
    'PATCH merchants/:id': {
      id: 'renameMerchant',
      summary: 'Rename a merchant',
      body: ChangeMerchantDto,
      answer: 'Merchant',
      refusals: [409],
    },
    'POST merchants/:id/suspend': {
      id: 'suspendMerchant',
      summary: 'Stop a merchant’s keys and tokens; sessions under way go on',
      body: EditDto,
      answer: 'Merchant',
      refusals: [409],
    },
    'POST merchants/:id/resume': {
      id: 'resumeMerchant',
      summary: 'Let a suspended merchant go on',
      body: EditDto,
      answer: 'Merchant',
      refusals: [409],
    },
    'GET channels': {
      id: 'listChannels',
      summary: 'List processing channels',
      list: CHANNEL_LISTING,
      answer: 'ChannelLine',
    },
    'POST channels': {
      id: 'createChannel',
      summary: 'Make a processing channel',
      body: CreateChannelDto,
      bodyAlso: ROUTE,
      answer: 'NewChannel',
      refusals: [404],
    },
    'GET channels/:id': { id: 'getChannel', summary: 'Show a processing channel', answer: 'Channel' },
    'PATCH channels/:id': {
      id: 'changeChannel',
      summary: 'Change settings; what is left out stays',
      body: ChangeChannelDto,
      bodyAlso: ROUTE,
      answer: 'Channel',
      refusals: [409],
    },
    'PUT channels/:id/acquirers': {
      id: 'setAcquirer',
      summary: 'Say who the merchant is to one scheme; the same scheme again replaces its record',
      body: AcquirerDto,
      answer: 'Channel',
      refusals: [409],
    },
    'PATCH channels/:id/branding': {
      id: 'brandChannel',
      summary: 'Change how its pages look; what is left out stays, what is empty is the page’s own way again',
      body: BrandingDto,
      answer: 'Channel',
      refusals: [409],
    },
    'POST channels/:id/replace-webhook-secret': {
      id: 'replaceWebhookSecret',
      summary: 'Replace the secret that callbacks are signed with; the old one ends at once',
      body: EditDto,
      answer: 'WebhookSecret',
      refusals: [409],
    },
  },
};
