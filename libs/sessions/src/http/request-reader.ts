import type { DeviceData } from '@app/authentication-port';
import { currencyOf, decodeId, isPayable, NotAllowed, NotImplemented, Pan } from '@app/kernel';
import { assertNone, check, codeOf, objectBody, type JsonObject, type MerchantAddresses } from '@app/platform';
import type { CreateSession } from '../domain/new-session';
import type { MethodCompletion } from '../domain/session';
import { MethodCompletionDto } from './channel-data.dto';
import { completionIn, toDevice, toKeep, toPurchase, toSource, toSourceDetails } from './command.mapper';
import { CreateSessionDto } from './create-session.dto';
import {
  CHANNELS,
  COMPLETIONS,
  SOURCES,
  type Checked,
  type CheckedChannel,
  type CheckedCompletion,
  type CheckedSource,
} from './request.unions';

/** Spellings that SDKs send and the contract's own word for them (section 11, item 11). */
const ALIASES: Record<string, Record<string, string>> = {
  authentication_category: { nonPayment: 'non_payment' },
  transaction_type: { quashi_card_transaction: 'quasi_card_transaction' },
};

/** Addresses that we call, hand to the issuer or send cardholders to. */
const ADDRESSES = ['callback_url', 'challenge_notification_url', 'success_url', 'failure_url'];

/**
 * The body of `POST /sessions` as a command. `addresses` says where a merchant's addresses may lead.
 * @throws InvalidRequest with a code for every failing field; NotAllowed for an app in a hosted session; NotImplemented for what
 * this version does not carry
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
  if (completion.type === 'hosted' && channel?.type === 'app') {
    throw new NotAllowed('hosted_not_supported_for_app', 'Our page is for browsers');
  }
  if (source.dto.scheme === 'upi') throw new NotImplemented('scheme');
  return {
    channelId,
    source: toSource(source, number),
    keepsCard: toKeep(source),
    amountMinor: dto.amount ?? 0,
    currency: dto.currency,
    reference: dto.reference ?? null,
    details: {
      source: toSourceDetails(source),
      purchase: toPurchase(dto),
      echo: dto.preferred_experiences === undefined ? {} : { preferred_experiences: dto.preferred_experiences },
    },
    ...deviceIn(channel, completion.type),
    callbackUrl: completion.dto.callback_url ?? null,
    ...returnsOf(completion),
  };
}

/** A hosted session's page reads the browser that comes to it: what was said of one before is checked and not used. */
function deviceIn(
  channel: CheckedChannel | null,
  completion: CheckedCompletion['type'],
): Pick<CreateSession, 'device' | 'methodCompletion'> {
  if (channel === null || (completion === 'hosted' && channel.type === 'browser')) {
    return { device: null, methodCompletion: null };
  }
  return { device: toDevice(channel), methodCompletion: completionIn(channel) };
}

function returnsOf(completion: CheckedCompletion): Pick<CreateSession, 'challengeNotificationUrl' | 'returnUrls'> {
  switch (completion.type) {
    case 'hosted': {
      const { success_url: success, failure_url: failure } = completion.dto;
      return { challengeNotificationUrl: null, returnUrls: { success, failure } };
    }
    case 'non_hosted':
      return { challengeNotificationUrl: completion.dto.challenge_notification_url ?? null, returnUrls: null };
  }
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
function readNumber(source: CheckedSource, codes: string[]): Pan | null {
  if (source.type !== 'card' && source.type !== 'network_token') return null;
  const digits = source.type === 'card' ? source.dto.number : source.dto.token;
  const number = typeof digits === 'string' ? Pan.parse(digits) : null;
  if (number === null) codes.push(codeOf(['source', source.type === 'card' ? 'number' : 'token'], digits));
  return number;
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
