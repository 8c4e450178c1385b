import { schemaRef, type JsonSchema } from './document.types';

/** The documented name of each class of the request, and the file of `libs/sessions/src/http` that has it. */
export const REQUEST_CLASSES = {
  SessionRequest: ['create-session.dto', 'CreateSessionDto'],
  CardSource: ['create-session.dto', 'CardSourceDto'],
  NetworkTokenSource: ['create-session.dto', 'NetworkTokenSourceDto'],
  IdSource: ['create-session.dto', 'IdSourceDto'],
  TokenSource: ['create-session.dto', 'TokenSourceDto'],
  HostedCompletion: ['create-session.dto', 'HostedCompletionDto'],
  NonHostedCompletion: ['create-session.dto', 'NonHostedCompletionDto'],
  BrowserChannelData: ['channel-data.dto', 'BrowserDataDto'],
  AppChannelData: ['channel-data.dto', 'AppDataDto'],
  MerchantInitiatedChannelData: ['channel-data.dto', 'MerchantInitiatedDto'],
  MethodCompletion: ['channel-data.dto', 'MethodCompletionDto'],
  CardTokenRequest: ['../capture/card-token.dto', 'CardTokenDto'],
} as const;

type RequestName = keyof typeof REQUEST_CLASSES;

/** An object whose `discriminator` says which class it is (request-reader.ts reads it that way). */
export interface Union {
  readonly discriminator: string;
  readonly description: string;
  readonly variants: Readonly<Record<string, RequestName>>;
}

export const UNIONS: Readonly<Record<string, Union>> = {
  Source: {
    discriminator: 'type',
    description: 'What is authenticated. Without `type` it is a card.',
    variants: { card: 'CardSource', network_token: 'NetworkTokenSource', id: 'IdSource', token: 'TokenSource' },
  },
  Completion: {
    discriminator: 'type',
    description: 'Who leads the cardholder through, and where the result goes.',
    variants: { non_hosted: 'NonHostedCompletion', hosted: 'HostedCompletion' },
  },
  ChannelData: {
    discriminator: 'channel',
    description: 'The cardholder’s device. Without `channel` it is a browser.',
    variants: {
      browser: 'BrowserChannelData',
      app: 'AppChannelData',
      merchant_initiated: 'MerchantInitiatedChannelData',
    },
  },
};

/** Refused with this code where no connector of the channel carries it: our own 3DS Server does not. A test asks it. */
export const BY_CONNECTOR: Partial<Record<RequestName, string>> = {
  AppChannelData: 'app_not_supported',
  MerchantInitiatedChannelData: 'merchant_initiated_not_supported',
};

const METHOD_COMPLETION: JsonSchema = {
  description: 'Whether the 3DS Method came to an end: `U` where there is none. Lower case is taken, too',
};
const STORE: JsonSchema = {
  default: false,
  description: 'Keeps the card: `card.instrument_id` names it from now on, as the `id` of a source',
};
const SOURCE_SCHEME: JsonSchema = {
  description: 'The cardholder’s choice where a card carries two schemes',
  'x-not-supported-values': { upi: 'scheme_not_supported' },
};

/** What the rules of the classes cannot say, by schema and property: keywords laid over the generated ones. */
export const NOTES: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  SessionRequest: {
    source: schemaRef('Source'),
    completion: schemaRef('Completion'),
    channel_data: schemaRef('ChannelData'),
    currency: { description: 'ISO 4217', examples: ['EUR'] },
    amount: {
      description:
        'Minor units. Required and above 0 for `recurring` and `installment`. Without it the category is `non_payment`',
    },
    processing_channel_id: { description: 'Without it the default channel of the access key is used' },
    authentication_type: { default: 'regular' },
    authentication_category: { default: 'payment' },
    challenge_indicator: { default: 'no_preference' },
    transaction_type: { default: 'goods_service' },
    reference: { description: 'Your own, without card data' },
    installment: { description: 'Required for `installment`' },
    preferred_experiences: { description: 'Only `3ds` is carried: another wish is answered, and not followed' },
  },
  BillingDescriptor: { name: { description: 'Shown in the challenge in place of the merchant’s name' } },
  CardSource: {
    number: { examples: ['4485040371536584'] },
    stored: { default: false, description: 'You have it on file: it is kept, and `card.instrument_id` names it' },
    store_for_future_use: STORE,
    scheme: SOURCE_SCHEME,
  },
  NetworkTokenSource: {
    token: { description: 'The number of the network token' },
    stored: { default: false },
    scheme: SOURCE_SCHEME,
  },
  IdSource: {
    id: { maxLength: 100, description: 'A card that you keep here; others only where a connector’s upstream keeps it' },
    scheme: SOURCE_SCHEME,
  },
  TokenSource: {
    token: { maxLength: 100, description: 'Of `POST /tokens`, once; others only where a connector’s upstream made it' },
    stored: { default: false, description: 'You have the card on file: it is kept', 'x-extension': true },
    store_for_future_use: STORE,
    scheme: SOURCE_SCHEME,
  },
  CardTokenRequest: {
    type: { default: 'card' },
    number: { examples: ['4485040371536584'], description: 'With a valid check digit' },
    cvv: { description: 'Its form is checked; it is neither used nor stored' },
    name: { description: 'Kept, sealed, with the token; so are address and phone' },
  },
  HostedCompletion: {
    success_url: {
      description:
        'The cardholder goes back there when the session is `approved` or `attempted`, with `cko-session-id`. Public and https, except in demo mode',
    },
    failure_url: { description: 'The cardholder goes back there after any other end, and on leaving' },
    callback_url: { description: 'The result is posted there at once when the session is final' },
  },
  NonHostedCompletion: {
    callback_url: { description: 'The result is posted there. Public and https, except in demo mode' },
    challenge_notification_url: { description: 'Where the challenge ends in your page; ours where there is none' },
  },
  BrowserChannelData: {
    java_enabled: { default: false },
    javascript_enabled: { default: false },
    language: { description: 'BCP 47', examples: ['en-GB'] },
    color_depth: { examples: ['24'] },
    timezone: { description: 'Minutes between UTC and local time', examples: ['-60'] },
    three_ds_method_completion: METHOD_COMPLETION,
  },
  AppChannelData: {
    sdk_max_timeout: { description: 'Minutes' },
    sdk_encrypted_data: { description: 'JWE, compact; kept until the session is final' },
  },
  EphemeralKey: { crv: { maxLength: 40, examples: ['P-256'] } },
  MerchantInitiatedChannelData: { request_type: { description: 'Why the cardholder is not there (3RI)' } },
  MethodCompletion: { three_ds_method_completion: METHOD_COMPLETION },
  Recurring: { days_between_payments: { default: 1 }, expiry: { default: '99991231', description: 'yyyyMMdd' } },
  Installment: { days_between_payments: { default: 1 }, expiry: { default: '99991231', description: 'yyyyMMdd' } },
  MerchantRiskInfo: {
    shipping_indicator: { 'x-extension-values': ['visa'] },
    gift_card_amount: { maxLength: 15, description: 'Major units' },
    gift_card_currency: { minLength: 3, maxLength: 3 },
    gift_card_count: { maxLength: 2 },
  },
  Address: { state: { description: 'ISO 3166-2 subdivision, two or three characters' } },
};
