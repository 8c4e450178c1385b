/** What the members of upstream calls mean, for who reads one. Those of protocol messages the server knows. Pure. */
import type { FieldExplanation } from '../types';
import { STATUS_WORDS, TRANS_STATUS_REASONS, TRANS_STATUSES } from '../words';
import { STATUS_REASON_WORDS } from './words';

type Values = Readonly<Record<string, string>>;
type Row = readonly [description: string, values?: Values];

const AUTHENTICATION_TYPES: Values = {
  regular: 'One purchase',
  recurring: 'The first of payments at intervals',
  installment: 'One purchase in several payments',
  maintain_card: 'A stored card is looked after',
  add_card: 'A card is added to an account',
};

const CHALLENGES: Values = {
  no_preference: 'The merchant leaves it to the issuer',
  no_challenge_requested: 'The merchant would rather have none',
  challenge_requested: 'The merchant would like one',
  challenge_requested_mandate: 'A rule demands one',
  low_value: 'Exemption asked for: a small amount',
  trusted_listing: 'Exemption asked for: the cardholder trusts the merchant',
  trusted_listing_prompt: 'The same, and the cardholder may be asked to trust the merchant',
  transaction_risk_assessment: 'Exemption asked for: the risk was assessed as low',
  data_share: 'Only data for the issuer, no challenge',
};

const STATUSES: Values = Object.fromEntries(Object.entries(STATUS_WORDS).map(([status, { label }]) => [status, label]));

const NEXT_ACTIONS = 'What it waits for: the page, the 3DS Method, device data, a challenge, or that it is completed';

const ADDRESS: Readonly<Record<string, Row>> = {
  '': ['An address of the cardholder, as the merchant knows it'],
  state: ['Subdivision (ISO 3166-2)'],
  country: ['Country (ISO 3166-1, two letters)'],
};

const under = (path: string, rows: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> =>
  Object.fromEntries(Object.entries(rows).map(([name, row]) => [name === '' ? path : `${path}.${name}`, row]));

const DEVICE: Readonly<Record<string, Row>> = {
  channel: [
    'Where the cardholder is',
    { browser: 'At a browser', app: 'In an app', merchant_initiated: 'Not there: the merchant begins it' },
  ],
  three_ds_method_completion: [
    'Whether the issuer’s 3DS Method ran in the browser',
    { Y: 'It ran to its end', N: 'It did not end in time', U: 'There is none, or it was not tried' },
  ],
  accept_header: ['Accept header of the browser'],
  user_agent: ['User-Agent header of the browser'],
  language: ['Language of the browser (BCP 47)'],
  java_enabled: ['Whether the browser runs Java'],
  javascript_enabled: ['Whether the browser runs script'],
  color_depth: ['Bits of a pixel’s colour'],
  screen_height: ['Height of the screen in pixels'],
  screen_width: ['Width of the screen in pixels'],
  timezone: ['Minutes that UTC is ahead of the browser’s clock'],
  ip_address: ['Internet address of the browser; not kept'],
  request_type: ['Why the merchant asks without the cardholder'],
  sdk_app_id: ['The app as its 3DS SDK names it'],
  sdk_max_timeout: ['Minutes that a challenge may take in the app'],
  sdk_reference_number: ['Number under which EMVCo approved the 3DS SDK'],
  sdk_transaction_id: ['The transaction as the 3DS SDK names it'],
  sdk_interface_type: ['How the app can show a challenge'],
};

/** Of requests and answers alike: what is echoed means the same. A member of an object is named by its path. */
const MEMBERS: ReadonlyMap<string, Row> = new Map(
  Object.entries<Row>({
    // What is asked
    source: ['What is authenticated'],
    'source.type': [
      'What kind of source it is',
      {
        card: 'A card number',
        network_token: 'A token of the scheme in the number’s place',
        id: 'A card that is kept upstream',
        token: 'A token of a page',
      },
    ],
    'source.number': ['Card number: first and last digits'],
    'source.token': ['Token in the place of a card number'],
    'source.name': ['Name on the card'],
    'source.stored': ['Whether the merchant keeps this card'],
    'source.scheme': ['Scheme that the merchant or the cardholder chose'],
    ...under('source.billing_address', ADDRESS),
    ...under('shipping_address', ADDRESS),
    shipping_address_matches_billing: ['Whether goods go to the billing address'],
    amount: ['Amount in the smallest unit of the currency'],
    currency: ['Currency (ISO 4217)'],
    processing_channel_id: ['The merchant’s channel at the upstream'],
    reference: ['The merchant’s own name for the order'],
    authentication_type: ['What the cardholder is authenticated for', AUTHENTICATION_TYPES],
    authentication_category: [
      'Whether it is about a payment',
      { payment: 'A payment', non_payment: 'No payment: of the card or the cardholder alone' },
    ],
    transaction_type: [
      'What is paid for',
      {
        goods_service: 'Goods or a service',
        check_acceptance: 'A cheque',
        account_funding: 'Money for an account',
        quasi_card_transaction: 'What is as good as money',
        prepaid_activation_and_load: 'A prepaid card',
      },
    ],
    challenge_indicator: ['Whether the merchant wants a challenge, or an exemption from it', CHALLENGES],
    'billing_descriptor.name': ['Name of the merchant as the challenge shows it'],
    completion: ['Who guides the cardholder, and where the end is told'],
    'completion.type': [
      'Who guides the cardholder',
      { hosted: 'A page of the upstream', non_hosted: 'We do, on pages of ours or the merchant’s' },
    ],
    'completion.callback_url': ['Where the upstream tells us the end'],
    'completion.challenge_notification_url': ['Where the browser comes back to after a challenge'],
    account_info: ['What the merchant knows of the cardholder’s account'],
    merchant_risk_info: ['What the merchant says of the risk of this order'],
    recurring: ['The payments that follow'],
    installment: ['The payments that it is split into'],
    initial_transaction: ['The earlier authentication that this one rests on'],
    ...under('channel_data', { '': ['What is known of the cardholder’s device'], ...DEVICE }),
    ...DEVICE,

    // What is answered
    id: ['The session as the upstream names it'],
    session_id: ['The session as the upstream names it'],
    retry_of: ['The session that it was made in the place of'],
    session_secret: ['Opens this one session at the upstream; not kept'],
    transaction_id: ['threeDSServerTransID: the transaction as the 3DS Server names it'],
    scheme: ['Scheme that it ran through'],
    status: ['Where the session stands at the upstream', STATUSES],
    status_reason: ['Why it is unavailable', STATUS_REASON_WORDS],
    approved: ['Whether it ended well'],
    completed: ['Whether it was completed, after which nothing changes'],
    challenged: ['Whether the cardholder was challenged'],
    protocol_version: ['Version of EMV 3DS that was spoken'],
    next_actions: [NEXT_ACTIONS],
    response_code: ['transStatus: how the issuer decided', TRANS_STATUSES],
    response_status_reason: ['transStatusReason: why the issuer decided so', TRANS_STATUS_REASONS],
    response_reason: ['transStatusReason: why the issuer decided so', TRANS_STATUS_REASONS],
    eci: ['Electronic Commerce Indicator: what authorization is told of the authentication'],
    cryptogram: ['Proof of the authentication (CAVV, AAV) for authorization; not kept'],
    xid: ['The transaction as authorization names it'],
    cardholder_info: ['Text of the issuer for the cardholder'],
    authentication_date: ['When it was authenticated'],
    flow_type: [
      'Which way it went',
      {
        challenged: 'With a challenge',
        frictionless: 'Without a challenge',
        frictionless_delegated: 'Without a challenge, as somebody else authenticated',
      },
    ],
    ds: ['The directory server of the scheme'],
    'ds.ds_id': ['The directory server (RID of its scheme)'],
    'ds.reference_number': ['Number under which EMVCo approved the directory server'],
    'ds.transaction_id': ['dsTransID: the transaction as the directory server names it'],
    acs: ['The issuer’s access control server'],
    'acs.reference_number': ['Number under which EMVCo approved the ACS'],
    'acs.transaction_id': ['acsTransID: the transaction as the ACS names it'],
    'acs.operator_id': ['Who runs the ACS, as the directory server knows it'],
    'acs.challenge_mandated': ['Whether a rule demands the challenge'],
    'acs.url': ['Where the challenge is shown'],
    'acs.authentication_type': [
      'How the cardholder is authenticated',
      { '01': 'By what stays the same, such as a password', '02': 'By a code for one time', '03': 'Out of band' },
    ],
    'acs.challenge_cancel_reason': ['Why a challenge ended early'],
    'acs.challenge_cancel_reason_code': ['challengeCancel: why a challenge ended early'],
    'acs.interface': ['How the ACS shows a challenge', { native_ui: 'By elements of the app', html: 'As a page' }],
    '3ds': ['What the protocol said beside'],
    '3ds.challenge_request': ['The CReq: opens the challenge at the ACS'],
    '3ds.interaction_counter': ['How often the cardholder answered the challenge'],
    '3ds.error_details': ['Error message of the protocol (Erro)'],
    '3ds.error_details.error_code': ['errorCode of the error message'],
    '3ds.error_details.error_component': [
      'Who found the error',
      { C: '3DS SDK', S: '3DS Server', D: 'Directory server', A: 'ACS' },
    ],
    card: ['The card as the upstream knows it'],
    'card.metadata': ['What the upstream knows of the card and its issuer'],
    'card.metadata.card_type': ['Credit, debit, prepaid or charge'],
    'card.metadata.issuer_name': ['Issuer of the card'],
    'card.metadata.issuer_country': ['Country of the issuer (ISO 3166-1, two letters)'],
    exemption: ['Exemption from the challenge'],
    'exemption.requested': ['Exemption that was asked for'],
    'exemption.applied': ['Exemption that holds', { none: 'None' }],
    'scheme_info.score': ['Risk score of Cartes Bancaires'],
    optimization: ['What the upstream changed in the request'],
    certificates: ['Keys of the directory server for the 3DS SDK'],
    _links: ['Where each next step is taken'],

    // What is refused, and what comes by itself
    request_id: ['The call as the upstream names it: what its support asks for'],
    error_type: ['What kind of refusal it is'],
    error_codes: ['Why the call was refused'],
  }),
);

/** Calls are named by method and path, and what the upstream sends by itself by what it is. */
const UPSTREAM_CALL = /^((GET|POST|PUT) \/|callback$|webhook$)/;

/** What a member of an upstream call means, or the object that it is a member of; null for other messages and members. */
export function upstreamField(messageType: string, name: string): FieldExplanation | null {
  if (!UPSTREAM_CALL.test(messageType)) return null;
  const parts = name.split('.');
  const row = parts.map((_, left) => MEMBERS.get(parts.slice(0, parts.length - left).join('.'))).find(Boolean);
  if (!row) return null;
  const [description, values = {}] = row;
  return { description, format: '', rule: '', values };
}
