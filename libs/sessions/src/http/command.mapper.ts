import type { Address, AppData, BrowserData, DeviceData, Phone, Purchase, Source } from '@app/authentication-port';
import type { Pan, Scheme } from '@app/kernel';
import type { MethodCompletion, RequestDetails } from '../domain/session';
import type { AppDataDto, BrowserDataDto } from './channel-data.dto';
import type { CreateSessionDto } from './create-session.dto';
import type { CheckedChannel, CheckedSource } from './request.unions';
import type { AddressDto, InstallmentDto, PhoneDto, RecurringDto } from './shared.dto';

/** What is authenticated; `number` is of the sources that have one. */
export function toSource(source: CheckedSource, number: Pan | null): Source {
  const details = toSourceDetails(source);
  if (source.type === 'id') return { ...details, kind: 'id', reference: source.dto.id };
  if (source.type === 'token') return { ...details, kind: 'token', reference: source.dto.token };
  if (number === null) throw new Error('A checked source lacks its number');
  const { expiry_month: expiryMonth, expiry_year: expiryYear } = source.dto;
  return { ...details, kind: source.type, number, expiryMonth, expiryYear };
}

/** What is remembered of a source: no number. */
export function toSourceDetails(source: CheckedSource): RequestDetails['source'] {
  const { dto } = source;
  return defined({
    kind: source.type,
    ...ownDetails(source),
    scheme: dto.scheme as Scheme | undefined,
    email: dto.email === '' ? undefined : dto.email,
    billingAddress: toAddress(dto.billing_address),
    homePhone: toPhone(dto.home_phone),
    mobilePhone: toPhone(dto.mobile_phone),
    workPhone: toPhone(dto.work_phone),
  });
}

/** What only some of the sources carry. A card that an upstream keeps under a name of its own is on file. */
function ownDetails(source: CheckedSource): { stored: boolean; name?: string; reference?: string } {
  switch (source.type) {
    case 'id':
      return { stored: true, reference: source.dto.id };
    case 'token':
      return { stored: source.dto.stored ?? false, reference: source.dto.token };
    case 'card':
    case 'network_token':
      return {
        stored: source.dto.stored ?? false,
        ...(source.dto.name === undefined ? {} : { name: source.dto.name }),
      };
  }
}

/** Whether the card is to be kept: the merchant says that it will name it again, or that it has it on file. */
export function toKeep(source: CheckedSource): boolean {
  if (source.type !== 'card' && source.type !== 'token') return false;
  return (source.dto.store_for_future_use ?? false) || (source.dto.stored ?? false);
}

/** Leaving the amount out forces the category (section 5.1). */
export function toPurchase(dto: CreateSessionDto): Omit<Purchase, 'amountMinor' | 'currency'> {
  return defined({
    authenticationType: dto.authentication_type ?? 'regular',
    authenticationCategory: dto.amount === undefined ? 'non_payment' : (dto.authentication_category ?? 'payment'),
    challengeIndicator: dto.challenge_indicator ?? 'no_preference',
    transactionType: dto.transaction_type ?? 'goods_service',
    billingDescriptorName: dto.billing_descriptor?.name,
    shippingAddress: toAddress(dto.shipping_address),
    shippingAddressMatchesBilling: dto.shipping_address_matches_billing,
    accountInfo: dto.account_info === undefined ? undefined : { ...dto.account_info },
    merchantRiskInfo: dto.merchant_risk_info === undefined ? undefined : { ...dto.merchant_risk_info },
    recurring:
      dto.recurring === undefined && dto.authentication_type !== 'recurring' ? undefined : toRecurring(dto.recurring),
    installment: dto.installment === undefined ? undefined : toInstallment(dto.installment),
    initialTransaction: dto.initial_transaction === undefined ? undefined : { ...dto.initial_transaction },
    forUpstream: forUpstream(dto),
  });
}

/** Who is authenticated for, and what to make use of: nothing that EMV 3DS has a word for. */
function forUpstream(dto: CreateSessionDto): Purchase['forUpstream'] {
  const members = Object.entries({
    marketplace: dto.marketplace,
    optimization: dto.optimization,
    device_information: dto.device_information,
  }).filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members.map(([name, member]) => [name, { ...member }]));
}

function toRecurring(dto: RecurringDto | undefined): { daysBetweenPayments: number; expiry: string } {
  return { daysBetweenPayments: dto?.days_between_payments ?? 1, expiry: dto?.expiry ?? '99991231' };
}

function toInstallment(dto: InstallmentDto): NonNullable<Purchase['installment']> {
  return { ...toRecurring(dto), numberOfPayments: dto.number_of_payments };
}

/** The device of checked channel data. */
export function toDevice(channel: CheckedChannel): DeviceData {
  switch (channel.type) {
    case 'browser':
      return { channel: 'browser', browser: toBrowser(channel.dto) };
    case 'app':
      return { channel: 'app', app: toApp(channel.dto) };
    case 'merchant_initiated':
      return { channel: 'merchant_initiated', requestType: channel.dto.request_type };
  }
}

/** What is said of the 3DS Method: only a browser's data says something. */
export function completionIn(channel: CheckedChannel | null): MethodCompletion | null {
  return (channel?.type === 'browser' ? channel.dto.three_ds_method_completion : undefined) ?? null;
}

function toApp(dto: AppDataDto): AppData {
  const { kty, crv, x, y } = dto.sdk_ephem_pub_key;
  return {
    sdkAppId: dto.sdk_app_id,
    sdkMaxTimeout: dto.sdk_max_timeout,
    sdkEphemPubKey: { kty, crv, x, y },
    sdkEncryptedData: dto.sdk_encrypted_data,
    sdkReferenceNumber: dto.sdk_reference_number,
    sdkTransactionId: dto.sdk_transaction_id,
    sdkInterfaceType: dto.sdk_interface_type,
    sdkUiElements: dto.sdk_ui_elements,
  };
}

function toBrowser(dto: BrowserDataDto): BrowserData {
  return {
    acceptHeader: dto.accept_header,
    javaEnabled: dto.java_enabled ?? false,
    javascriptEnabled: dto.javascript_enabled ?? false,
    language: dto.language,
    colorDepth: dto.color_depth,
    screenHeight: dto.screen_height,
    screenWidth: dto.screen_width,
    timezone: dto.timezone,
    userAgent: dto.user_agent,
    ipAddress: dto.ip_address,
  };
}

function toAddress(dto: AddressDto | undefined): Address | undefined {
  if (dto === undefined) return undefined;
  return defined({
    line1: dto.address_line1,
    line2: dto.address_line2,
    line3: dto.address_line3,
    city: dto.city,
    state: dto.state,
    zip: dto.zip,
    country: dto.country?.toUpperCase(),
  });
}

function toPhone(dto: PhoneDto | undefined): Phone | undefined {
  return dto === undefined ? undefined : { countryCode: dto.country_code, number: dto.number };
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the members that are undefined. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
