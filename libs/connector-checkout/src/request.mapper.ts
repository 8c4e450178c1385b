/** From an attempt to the bodies that the upstream takes (sessions-api.md section 5). Pure. */
import type {
  Address,
  AppData,
  Attempt,
  AttemptRequest,
  BrowserData,
  DeviceData,
  Purchase,
  ScriptedData,
  Source,
} from '@app/authentication-port';
import { defined } from './checkout.wire';
import { CONNECTOR_ID } from './checkout.settings';
import { toReference } from './reference';
import type { CheckoutState } from './response.mapper';

export type Json = Readonly<Record<string, unknown>>;

/** What a request says about us and the account it is made with. */
export interface RequestFrame {
  /** Where the upstream posts when the session was completed. */
  callbackUrl: string;
  /** Where the issuer's challenge page sends the browser. */
  challengeNotificationUrl: string;
  /** UUID of the account. */
  accountId: string;
  /** `pc_…` of the account, where it has one. */
  processingChannelId: string | null;
}

/** What we know of the device, whichever way the attempt carries it. */
export function deviceOf(attempt: Pick<Attempt, 'browser' | 'device'>): DeviceData | undefined {
  const { browser, device } = attempt;
  return device ?? (browser && { channel: 'browser', browser });
}

/**
 * The body of `POST /sessions`. It holds the card number: it goes to the upstream and nowhere else. Hosted sessions are
 * ours alone, so the upstream only knows non-hosted ones; merchants' own addresses stay with us, who relay.
 */
export function toSessionRequest(attempt: Attempt, frame: RequestFrame): Json {
  const { request } = attempt;
  const device = deviceOf(attempt);
  return present({
    ...request.purchase.forUpstream,
    source: sourceOf(request.source),
    ...purchaseOf(request.purchase),
    initial_transaction: initialOf(request, frame.accountId),
    reference: toReference(request.sessionId, request.reference),
    processing_channel_id: frame.processingChannelId ?? undefined,
    completion: {
      type: 'non_hosted',
      callback_url: frame.callbackUrl,
      challenge_notification_url: frame.challengeNotificationUrl,
    },
    channel_data: device && toChannelData(device, attempt.methodCompletion),
  });
}

/** The body of `PUT /sessions/{id}/collect-data`, and `channel_data` of a creation (section 5.4). */
export function toChannelData(device: DeviceData, methodCompletion: 'Y' | 'N' | 'U'): Json {
  switch (device.channel) {
    case 'browser':
      return { channel: 'browser', ...browserOf(device.browser), three_ds_method_completion: methodCompletion };
    case 'app':
      return { channel: 'app', ...appOf(device.app) };
    case 'merchant_initiated':
      return { channel: 'merchant_initiated', request_type: device.requestType };
  }
}

/** The contract requires even of a browser without script what only script can tell: it counts for nothing there (section 5.4). */
const WITHOUT_SCRIPT: ScriptedData = {
  javaEnabled: false,
  colorDepth: '24',
  screenHeight: '0',
  screenWidth: '0',
  timezone: '0',
};

function browserOf(known: BrowserData): Json {
  const browser = { ...WITHOUT_SCRIPT, ...known };
  return {
    accept_header: browser.acceptHeader,
    java_enabled: browser.javaEnabled,
    javascript_enabled: browser.javascriptEnabled,
    language: browser.language,
    color_depth: browser.colorDepth,
    screen_height: browser.screenHeight,
    screen_width: browser.screenWidth,
    timezone: browser.timezone,
    user_agent: browser.userAgent,
    ip_address: browser.ipAddress,
  };
}

function appOf(app: AppData): Json {
  return {
    sdk_app_id: app.sdkAppId,
    sdk_max_timeout: app.sdkMaxTimeout,
    sdk_ephem_pub_key: app.sdkEphemPubKey,
    sdk_encrypted_data: app.sdkEncryptedData,
    sdk_reference_number: app.sdkReferenceNumber,
    sdk_transaction_id: app.sdkTransactionId,
    sdk_interface_type: app.sdkInterfaceType,
    sdk_ui_elements: app.sdkUiElements,
  };
}

function sourceOf(source: Source): Json {
  return present({
    ...namedSource(source),
    scheme: source.scheme,
    email: source.email,
    billing_address: source.billingAddress && addressOf(source.billingAddress),
    home_phone: phoneOf(source.homePhone),
    mobile_phone: phoneOf(source.mobilePhone),
    work_phone: phoneOf(source.workPhone),
  });
}

function namedSource(source: Source): Json {
  switch (source.kind) {
    case 'id':
      return { type: 'id', id: source.reference };
    case 'token':
      return { type: 'token', token: source.reference };
    case 'card':
    case 'network_token':
      return {
        type: source.kind,
        [source.kind === 'card' ? 'number' : 'token']: source.number.expose(),
        expiry_month: source.expiryMonth,
        expiry_year: source.expiryYear,
        name: source.name,
        stored: source.stored,
      };
  }
}

function purchaseOf(purchase: Purchase): Json {
  const { recurring, installment } = purchase;
  return {
    amount: purchase.amountMinor,
    currency: purchase.currency,
    authentication_type: purchase.authenticationType,
    authentication_category: purchase.authenticationCategory,
    challenge_indicator: purchase.challengeIndicator,
    transaction_type: purchase.transactionType,
    billing_descriptor:
      purchase.billingDescriptorName === undefined ? undefined : { name: purchase.billingDescriptorName },
    shipping_address: purchase.shippingAddress && addressOf(purchase.shippingAddress),
    shipping_address_matches_billing: purchase.shippingAddressMatchesBilling,
    account_info: purchase.accountInfo,
    merchant_risk_info: purchase.merchantRiskInfo,
    recurring: recurring && { days_between_payments: recurring.daysBetweenPayments, expiry: recurring.expiry },
    installment: installment && {
      days_between_payments: installment.daysBetweenPayments,
      expiry: installment.expiry,
      number_of_payments: installment.numberOfPayments,
    },
  };
}

/**
 * The earlier authentication. A session of ours that it names is known there by another name, and only where it ran through
 * the same account; any other name is the upstream's own.
 */
function initialOf({ purchase, initialSession }: AttemptRequest, accountId: string): Json | undefined {
  if (purchase.initialTransaction === undefined || initialSession === undefined) return purchase.initialTransaction;
  const { initial_session_id: _ours, ...initial } = purchase.initialTransaction;
  const { accountId: ranThrough, upstreamId, hearsay }: CheckoutState = initialSession.state;
  const isKnownThere =
    initialSession.connector === CONNECTOR_ID && ranThrough === accountId && upstreamId !== undefined && !hearsay;
  if (isKnownThere) return { ...initial, initial_session_id: upstreamId };
  return Object.keys(initial).length === 0 ? undefined : initial;
}

function addressOf(address: Address): Json {
  return present({
    address_line1: address.line1,
    address_line2: address.line2,
    address_line3: address.line3,
    city: address.city,
    state: address.state,
    zip: address.zip,
    country: address.country,
  });
}

function phoneOf(phone: AttemptRequest['source']['homePhone']): Json | undefined {
  return phone && { country_code: phone.countryCode, number: phone.number };
}

/** Without undefined members, so that what is shown of a request is what was sent. */
function present(members: Record<string, unknown>): Json {
  return defined<Record<string, unknown>>(members);
}
