/** From an attempt to the AReq 2.2.0 of the browser channel (sessions-api.md section 5, emv-3ds.md section 2.2). Pure. */
import type { AcquirerRecord, Address, Attempt, BrowserData, Phone, Purchase } from '@app/authentication-port';
import {
  SUPPORTED_VERSIONS,
  type AcctInfo,
  type AReq,
  type MerchantRiskIndicator,
  type Phone as ProtocolPhone,
  type ProtocolVersion,
  type ThreeDSRequestorAuthenticationInfo,
  type ThreeDSRequestorPriorAuthenticationInfo,
} from '@app/emv3ds';
import { countryNumeric, currencyOf } from '@app/kernel';
import {
  ACCOUNT_AGE,
  ACCOUNT_TYPE,
  AUTHENTICATION_IND,
  CHALLENGE_IND,
  codeOf,
  DELIVERY_TIMEFRAME,
  MESSAGE_CATEGORY,
  NAMES_MATCH,
  PASSWORD_CHANGE,
  PREORDER,
  PRIOR_AUTHENTICATION_METHOD,
  REORDER,
  REQUESTOR_AUTHENTICATION_METHOD,
  SHIPPING_INDICATOR,
  SINCE,
  SUSPICIOUS,
  TRANSACTION_TYPE,
  YES_NO,
} from './areq.tables';
import {
  addressText,
  cardholderName,
  colorDepth,
  count,
  day,
  filled,
  language,
  majorAmount,
  minute,
  stamp,
  subdivision,
  text,
} from './areq.values';
import { SERVER_OPERATOR_ID, SERVER_REFERENCE_NUMBER } from './emv3ds.settings';

/** What the attempt does not carry. */
export interface AReqTerms {
  /** Where the directory server sends the RReq: absolute URL. */
  serverUrl: string;
  /** Where the challenge ends when the merchant named no address of its own: absolute URL. */
  notificationUrl: string;
  /** When the request is sent: directory servers refuse a `purchaseDate` half an hour off. */
  now: Date;
}

/** The protocol version of an attempt, narrowed. @throws Error when the attempt was planned with one we do not speak. */
export function spokenVersion(version: string): ProtocolVersion {
  const spoken = SUPPORTED_VERSIONS.find((known) => known === version);
  if (spoken === undefined) throw new Error(`Protocol version ${version} is not spoken`);
  return spoken;
}

/** The EMV message category of a purchase: 01 payment, 02 non-payment. */
export function messageCategory(purchase: Purchase): '01' | '02' {
  return MESSAGE_CATEGORY[purchase.authenticationCategory];
}

/**
 * The AReq of an attempt. Undefined members are dropped when it is serialised.
 * @throws Error when the attempt has no browser data no card number or no acquirer record for its scheme: `plan` and the caller see to both.
 */
export function toAReq(attempt: Attempt, terms: AReqTerms): AReq {
  const { request, browser } = attempt;
  const { source, purchase } = request;
  const acquirer = request.acquirers.get(attempt.scheme);
  if (!browser) throw new Error('An attempt is started with browser data');
  if (!('number' in source)) throw new Error('An attempt is planned with a card number');
  if (!acquirer) throw new Error(`No acquirer record for ${attempt.scheme}`);
  return {
    messageType: 'AReq',
    messageVersion: spokenVersion(attempt.protocolVersion),
    threeDSServerTransID: attempt.transactionId,
    threeDSServerRefNumber: SERVER_REFERENCE_NUMBER,
    threeDSServerOperatorID: SERVER_OPERATOR_ID,
    threeDSServerURL: terms.serverUrl,
    deviceChannel: '02',
    messageCategory: messageCategory(purchase),
    threeDSCompInd: completionInd(attempt),
    threeDSRequestorAuthenticationInd: AUTHENTICATION_IND[purchase.authenticationType],
    threeDSRequestorAuthenticationInfo: requestorAuthentication(purchase.accountInfo ?? {}),
    threeDSRequestorChallengeInd: codeOf(CHALLENGE_IND, purchase.challengeIndicator),
    threeDSRequestorPriorAuthenticationInfo: priorAuthentication(purchase.initialTransaction ?? {}),
    ...merchant(acquirer, purchase),
    merchantRiskIndicator: merchantRisk(purchase.merchantRiskInfo ?? {}),
    acctNumber: source.number.expose(),
    cardExpiryDate: `${String(source.expiryYear).slice(-2)}${String(source.expiryMonth).padStart(2, '0')}`,
    acctType: codeOf(ACCOUNT_TYPE, purchase.accountInfo?.['account_type']),
    acctID: text(purchase.accountInfo?.['account_id'], 64),
    acctInfo: accountInfo(purchase.accountInfo ?? {}),
    cardholderName: cardholderName(source.name),
    email: text(source.email, 254),
    homePhone: phone(source.homePhone),
    mobilePhone: phone(source.mobilePhone),
    workPhone: phone(source.workPhone),
    ...address('bill', source.billingAddress),
    ...address('ship', purchase.shippingAddress),
    addrMatch:
      purchase.shippingAddressMatchesBilling === undefined
        ? undefined
        : YES_NO[`${purchase.shippingAddressMatchesBilling}`],
    ...amount(purchase, terms.now),
    ...repetition(purchase),
    transType:
      purchase.authenticationCategory === 'payment' ? codeOf(TRANSACTION_TYPE, purchase.transactionType) : undefined,
    ...browserData(browser),
    notificationURL: request.notificationUrl ?? terms.notificationUrl,
  };
}

/** No method URL: U, whatever was said; else Y only when it ran in time (docs/choices, "3DS Method indicator"). */
function completionInd(attempt: Attempt): 'Y' | 'N' | 'U' {
  if (attempt.methodUrl === undefined) return 'U';
  return attempt.methodCompletion === 'Y' ? 'Y' : 'N';
}

function merchant(acquirer: AcquirerRecord, purchase: Purchase): Partial<AReq> & RequestorFields {
  return {
    threeDSRequestorID: acquirer.requestorId,
    threeDSRequestorName: acquirer.requestorName,
    threeDSRequestorURL: acquirer.requestorUrl,
    acquirerBIN: acquirer.acquirerBin,
    acquirerMerchantID: acquirer.acquirerMerchantId,
    mcc: acquirer.mcc,
    merchantCountryCode: acquirer.countryCode,
    // The descriptor replaces the name that the challenge shows (sessions-api.md section 5.1).
    merchantName: text(purchase.billingDescriptorName, 40) ?? acquirer.merchantName,
  };
}

type RequestorFields = Pick<AReq, 'threeDSRequestorID' | 'threeDSRequestorName' | 'threeDSRequestorURL'>;
type Info = Readonly<Record<string, unknown>>;

function accountInfo(info: Info): AcctInfo | undefined {
  return filled<AcctInfo>({
    chAccAgeInd: codeOf(ACCOUNT_AGE, info['cardholder_account_age_indicator']),
    chAccDate: day(info['account_date']),
    chAccChange: day(info['account_change']),
    chAccChangeInd: codeOf(SINCE, info['account_change_indicator']),
    chAccPwChange: day(info['account_password_change']),
    chAccPwChangeInd: codeOf(PASSWORD_CHANGE, info['account_password_change_indicator']),
    nbPurchaseAccount: count(info['purchase_count'], 4),
    provisionAttemptsDay: count(info['add_card_attempts'], 3),
    txnActivityDay: count(info['transactions_today'], 3),
    txnActivityYear: count(info['transactions_per_year'], 3),
    paymentAccAge: day(info['payment_account_age']),
    paymentAccInd: codeOf(ACCOUNT_AGE, info['account_age']),
    shipAddressUsage: day(info['shipping_address_usage']),
    shipAddressUsageInd: codeOf(SINCE, info['shipping_address_age']),
    shipNameIndicator: codeOf(NAMES_MATCH, info['account_name_matches_shipping_name']),
    suspiciousAccActivity: codeOf(SUSPICIOUS, info['suspicious_account_activity']),
  });
}

function requestorAuthentication(account: Info): ThreeDSRequestorAuthenticationInfo | undefined {
  const info = (account['three_ds_requestor_authentication_info'] ?? {}) as Info;
  const method = info['three_ds_req_auth_method'] ?? account['authentication_method'];
  return filled<ThreeDSRequestorAuthenticationInfo>({
    threeDSReqAuthMethod: codeOf(REQUESTOR_AUTHENTICATION_METHOD, method),
    threeDSReqAuthTimestamp: minute(info['three_ds_req_auth_timestamp']),
    threeDSReqAuthData: text(info['three_ds_req_auth_data'], 20_000),
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function priorAuthentication(initial: Info): ThreeDSRequestorPriorAuthenticationInfo | undefined {
  const reference = text(initial['acs_transaction_id'], 36);
  return filled<ThreeDSRequestorPriorAuthenticationInfo>({
    threeDSReqPriorRef: reference !== undefined && UUID.test(reference) ? reference : undefined,
    threeDSReqPriorAuthMethod: codeOf(PRIOR_AUTHENTICATION_METHOD, initial['authentication_method']),
    threeDSReqPriorAuthTimestamp: minute(initial['authentication_timestamp']),
    threeDSReqPriorAuthData: text(initial['authentication_data'], 2_048),
  });
}

function merchantRisk(info: Info): MerchantRiskIndicator | undefined {
  const currency = info['gift_card_currency'];
  return filled<MerchantRiskIndicator>({
    deliveryEmailAddress: text(info['delivery_email'], 254),
    deliveryTimeframe: codeOf(DELIVERY_TIMEFRAME, info['delivery_timeframe']),
    giftCardAmount: majorAmount(info['gift_card_amount']),
    giftCardCount: count(info['gift_card_count'], 2)?.padStart(2, '0'),
    giftCardCurr: typeof currency === 'string' ? currencyOf(currency.toUpperCase())?.numeric : undefined,
    preOrderDate: day(info['pre_order_date']),
    preOrderPurchaseInd: codeOf(PREORDER, info['pre_order_purchase_indicator'] ?? info['is_preorder']),
    reorderItemsInd: codeOf(REORDER, info['reorder_items_indicator'] ?? info['is_reorder']),
    shipIndicator: codeOf(SHIPPING_INDICATOR, info['shipping_indicator']),
  });
}

function phone(given: Phone | undefined): ProtocolPhone | undefined {
  if (!given || !/^\d{1,3}$/.test(given.countryCode) || !/^\d{1,15}$/.test(given.number)) return undefined;
  return { cc: given.countryCode, subscriber: given.number };
}

type AddressFields<P extends 'bill' | 'ship'> = {
  [Name in keyof AReq as Name extends `${P}Addr${string}` ? Name : never]?: string | undefined;
};

function address<P extends 'bill' | 'ship'>(prefix: P, given: Address | undefined): AddressFields<P> {
  const country = given?.country === undefined ? null : countryNumeric(given.country.toUpperCase());
  return {
    [`${prefix}AddrLine1`]: addressText(given?.line1, 50),
    [`${prefix}AddrLine2`]: addressText(given?.line2, 50),
    [`${prefix}AddrLine3`]: addressText(given?.line3, 50),
    [`${prefix}AddrCity`]: addressText(given?.city, 50),
    [`${prefix}AddrPostCode`]: addressText(given?.zip, 16),
    [`${prefix}AddrCountry`]: country ?? undefined,
    // A state without its country is a missing country to the directory server.
    [`${prefix}AddrState`]: country === null ? undefined : subdivision(given?.state),
  } as AddressFields<P>;
}

/** Required for a payment, and for a non-payment that starts a series; the protocol knows no amount otherwise. */
function amount(purchase: Purchase, now: Date): Partial<AReq> {
  const isSeries = purchase.authenticationType === 'recurring' || purchase.authenticationType === 'installment';
  const currency = currencyOf(purchase.currency);
  if (!currency || (purchase.authenticationCategory !== 'payment' && !isSeries)) return {};
  return {
    purchaseAmount: String(purchase.amountMinor),
    purchaseCurrency: currency.numeric,
    purchaseExponent: String(currency.exponent),
    purchaseDate: stamp(now, 14),
  };
}

/** Defaults of sessions-api.md section 5.9. */
const OPEN_END = { daysBetweenPayments: 1, expiry: '99991231' };

function repetition(purchase: Purchase): Partial<AReq> {
  if (purchase.authenticationType !== 'recurring' && purchase.authenticationType !== 'installment') return {};
  const plan = (purchase.authenticationType === 'recurring' ? purchase.recurring : purchase.installment) ?? OPEN_END;
  return {
    recurringExpiry: plan.expiry,
    recurringFrequency: String(Math.min(Math.max(plan.daysBetweenPayments, 1), 9_999)),
    purchaseInstalData:
      purchase.authenticationType === 'installment' && purchase.installment
        ? String(purchase.installment.numberOfPayments)
        : undefined,
  };
}

function browserData(browser: BrowserData): Partial<AReq> {
  return {
    browserAcceptHeader: text(browser.acceptHeader, 2_048),
    browserIP: browser.ipAddress,
    browserJavascriptEnabled: browser.javascriptEnabled,
    browserJavaEnabled: browser.javaEnabled,
    browserLanguage: language(browser.language),
    browserColorDepth: browser.colorDepth === undefined ? undefined : colorDepth(browser.colorDepth),
    browserScreenHeight: browser.screenHeight,
    browserScreenWidth: browser.screenWidth,
    browserTZ: browser.timezone,
    browserUserAgent: text(browser.userAgent, 2_048),
  };
}
