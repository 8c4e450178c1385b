import type { Address, AppData, BrowserData, DeviceData, Phone, Purchase, Source } from '@app/authentication-port';
import { currencyOf, decodeId, isPayable, NotImplemented, Pan, type Scheme } from '@app/kernel';
import type { MerchantAddresses } from '@app/platform';
import type { CreateSession } from '../domain/new-session';
import type { MethodCompletion } from '../domain/session';
import { AppDataDto, BrowserDataDto, MerchantInitiatedDto, MethodCompletionDto } from './channel-data.dto';
import {
  CardSourceDto,
  CreateSessionDto,
  HostedCompletionDto,
  IdSourceDto,
  NetworkTokenSourceDto,
  NonHostedCompletionDto,
  TokenSourceDto,
} from './create-session.dto';
import type { AddressDto, InstallmentDto, PhoneDto, RecurringDto } from './shared.dto';
import { assertNone, check, codeOf, objectBody, type JsonObject } from './validation';

/** Spellings that SDKs send and the contract's own word for them (section 11, item 11). */
const ALIASES: Record<string, Record<string, string>> = {
  authentication_category: { nonPayment: 'non_payment' },
  transaction_type: { quashi_card_transaction: 'quasi_card_transaction' },
};

const SOURCES = { card: CardSourceDto, network_token: NetworkTokenSourceDto, id: IdSourceDto, token: TokenSourceDto };
const COMPLETIONS = { hosted: HostedCompletionDto, non_hosted: NonHostedCompletionDto };
const CHANNELS = { browser: BrowserDataDto, app: AppDataDto, merchant_initiated: MerchantInitiatedDto };

type Checked<Table> = { [Type in keyof Table]: { type: Type; dto: InstanceOf<Table[Type]> } }[keyof Table];
type InstanceOf<C> = C extends new () => infer T ? T : never;

/** Addresses that we call or hand to the issuer. */
const ADDRESSES = ['callback_url', 'challenge_notification_url'];

/**
 * The body of `POST /sessions` as a command. `addresses` says where a merchant's addresses may lead.
 * @throws InvalidRequest with a code for every failing field; NotImplemented for what this version does not carry
 */
export function readCreateSession(body: unknown, addresses: Pick<MerchantAddresses, 'allows'>): CreateSession {
  const raw = withAliases(objectBody(body));
  // Nobody reads it otherwise: an empty one is what some clients always send.
  if (raw['authentication_type'] !== 'installment') delete raw['installment'];
  const codes: string[] = [];
  const dto = check(CreateSessionDto, raw, [], codes);
  const source = readUnion(SOURCES, 'type', 'card', raw['source'], ['source'], codes);
  const completion = readUnion(COMPLETIONS, 'type', undefined, raw['completion'], ['completion'], codes);
  const channel = readUnion(CHANNELS, 'channel', 'browser', raw['channel_data'], ['channel_data'], codes);
  if (completion !== null) checkAddresses(completion.dto, addresses, codes);
  checkAcrossFields(dto, codes);
  const channelId = readChannelId(dto.processing_channel_id, codes);
  const number = source === null ? null : readNumber(source, codes);
  assertNone(codes);
  if (source === null || completion === null) throw new Error('A checked request lacks what the check demands');
  if (completion.type === 'hosted') throw new NotImplemented('hosted');
  if (source.dto.scheme === 'upi') throw new NotImplemented('scheme');
  return {
    channelId,
    source: toSource(source, number),
    amountMinor: dto.amount ?? 0,
    currency: dto.currency,
    reference: dto.reference ?? null,
    details: {
      source: toSourceDetails(source),
      purchase: toPurchase(dto),
      echo: dto.preferred_experiences === undefined ? {} : { preferred_experiences: dto.preferred_experiences },
    },
    device: channel === null ? null : toDevice(channel),
    methodCompletion: completionIn(channel),
    callbackUrl: completion.dto.callback_url ?? null,
    challengeNotificationUrl: completion.dto.challenge_notification_url ?? null,
  };
}

/** The body of `PUT collect-data`: channel data at the top level. @throws InvalidRequest */
export function readChannelData(body: unknown): { device: DeviceData; completion: MethodCompletion | null } {
  const codes: string[] = [];
  const channel = readUnion(CHANNELS, 'channel', 'browser', withAliases(objectBody(body)), [], codes);
  assertNone(codes);
  if (channel === null) throw new Error('Checked channel data lacks what the check demands');
  return { device: toDevice(channel), completion: completionIn(channel) };
}

/** The body of `PUT issuer-fingerprint`. @throws InvalidRequest */
export function readMethodCompletion(body: unknown): MethodCompletion {
  const codes: string[] = [];
  const dto = check(MethodCompletionDto, withAliases(objectBody(body)), [], codes);
  assertNone(codes);
  return dto.three_ds_method_completion;
}

/** One member of a union, by its discriminator; null when it is absent or not even an object. */
function readUnion<Table extends Record<string, new () => object>>(
  table: Table,
  discriminator: string,
  usual: (keyof Table & string) | undefined,
  value: unknown,
  path: readonly string[],
  codes: string[],
): Checked<Table> | null {
  // That it must be there, and be an object, is the enclosing object's rule.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const raw = value as JsonObject;
  const type = raw[discriminator] ?? usual;
  const known = typeof type === 'string' && Object.hasOwn(table, type) ? table[type] : undefined;
  if (known === undefined) {
    codes.push(codeOf([...path, discriminator], type));
    return null;
  }
  return { type, dto: check(known, raw, path, codes) } as Checked<Table>;
}

function checkAddresses(dto: object, addresses: Pick<MerchantAddresses, 'allows'>, codes: string[]): void {
  for (const [name, value] of Object.entries(dto) as [string, unknown][]) {
    if (ADDRESSES.includes(name) && typeof value === 'string' && !addresses.allows(value)) {
      codes.push(codeOf(['completion', name], value));
    }
  }
}

function checkAcrossFields(dto: CreateSessionDto, codes: string[]): void {
  if (typeof dto.currency === 'string' && /^[A-Z]{3}$/.test(dto.currency)) {
    const currency = currencyOf(dto.currency);
    if (!currency || !isPayable(currency)) codes.push('currency_invalid');
  }
  const gift: unknown = dto.merchant_risk_info?.gift_card_currency;
  const giftCurrency = typeof gift === 'string' ? currencyOf(gift.toUpperCase()) : null;
  if (giftCurrency && !isPayable(giftCurrency)) codes.push('merchant_risk_info_gift_card_currency_invalid');
  for (const series of ['recurring', 'installment'] as const) {
    const expiry: unknown = dto[series]?.expiry;
    if (typeof expiry === 'string' && /^\d{8}$/.test(expiry) && !isOnCalendar(expiry)) {
      codes.push(`${series}_expiry_invalid`);
    }
  }
  const repeats = dto.authentication_type === 'recurring' || dto.authentication_type === 'installment';
  if (repeats && dto.amount === undefined) codes.push('amount_required');
  if (repeats && dto.amount === 0) codes.push('amount_invalid');
  if (dto.authentication_type === 'installment' && dto.installment === undefined) codes.push('installment_required');
}

/** Whether YYYYMMDD is a day that exists. */
function isOnCalendar(text: string): boolean {
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
}

function readChannelId(text: unknown, codes: string[]): string | null {
  if (text === undefined) return null;
  const id = typeof text === 'string' ? decodeId('channel', text) : null;
  if (id === null) codes.push('processing_channel_id_invalid');
  return id;
}

/** The number that is authenticated; null for sources by reference. */
function readNumber(source: Checked<typeof SOURCES>, codes: string[]): Pan | null {
  if (source.type !== 'card' && source.type !== 'network_token') return null;
  const digits = source.type === 'card' ? source.dto.number : source.dto.token;
  const number = typeof digits === 'string' ? Pan.parse(digits) : null;
  if (number === null) codes.push(codeOf(['source', source.type === 'card' ? 'number' : 'token'], digits));
  return number;
}

/** `number` is of the sources that have one. */
function toSource(source: Checked<typeof SOURCES>, number: Pan | null): Source {
  const details = toSourceDetails(source);
  if (source.type === 'id') return { ...details, kind: 'id', reference: source.dto.id };
  if (source.type === 'token') return { ...details, kind: 'token', reference: source.dto.token };
  if (number === null) throw new Error('A checked source lacks its number');
  const { expiry_month: expiryMonth, expiry_year: expiryYear } = source.dto;
  return { ...details, kind: source.type, number, expiryMonth, expiryYear };
}

function toSourceDetails(source: Checked<typeof SOURCES>): CreateSession['details']['source'] {
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
function ownDetails(source: Checked<typeof SOURCES>): { stored: boolean; name?: string; reference?: string } {
  switch (source.type) {
    case 'id':
      return { stored: true, reference: source.dto.id };
    case 'token':
      return { stored: false, reference: source.dto.token };
    case 'card':
    case 'network_token':
      return {
        stored: source.dto.stored ?? false,
        ...(source.dto.name === undefined ? {} : { name: source.dto.name }),
      };
  }
}

/** Leaving the amount out forces the category (section 5.1). */
function toPurchase(dto: CreateSessionDto): Omit<Purchase, 'amountMinor' | 'currency'> {
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
  });
}

function toRecurring(dto: RecurringDto | undefined): { daysBetweenPayments: number; expiry: string } {
  return { daysBetweenPayments: dto?.days_between_payments ?? 1, expiry: dto?.expiry ?? '99991231' };
}

function toInstallment(dto: InstallmentDto): NonNullable<Purchase['installment']> {
  return { ...toRecurring(dto), numberOfPayments: dto.number_of_payments };
}

function toDevice(channel: Checked<typeof CHANNELS>): DeviceData {
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
function completionIn(channel: Checked<typeof CHANNELS> | null): MethodCompletion | null {
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

/** The contract's spelling of what SDKs send; the method indicator in upper case. */
function withAliases(raw: JsonObject): JsonObject {
  const body: JsonObject = { ...raw };
  for (const [field, words] of Object.entries(ALIASES)) {
    const said = body[field];
    if (typeof said === 'string') body[field] = words[said] ?? said;
  }
  upperCompletion(body);
  const channelData = body['channel_data'];
  if (typeof channelData === 'object' && channelData !== null && !Array.isArray(channelData)) {
    body['channel_data'] = upperCompletion({ ...(channelData as JsonObject) });
  }
  return body;
}

function upperCompletion(body: JsonObject): JsonObject {
  const said = body['three_ds_method_completion'];
  if (typeof said === 'string') body['three_ds_method_completion'] = said.toUpperCase();
  return body;
}
