import type { Cardholder, HeldCard } from '@app/cards';
import { Pan } from '@app/kernel';
import { assertNone, check, codeOf, objectBody } from '@app/platform';
import { CardTokenDto } from './card-token.dto';

/** What is said of the cardholder, given back as it came. */
export type CardholderEcho = Pick<CardTokenDto, 'name' | 'billing_address' | 'phone'>;

/**
 * The body of `POST /tokens`: the card, and what is given back. The security code is looked at and left behind.
 * @throws InvalidRequest with a code for every failing field
 */
export function readCardToken(body: unknown): { card: HeldCard; echo: CardholderEcho } {
  const codes: string[] = [];
  const dto = check(CardTokenDto, objectBody(body), [], codes);
  const number = typeof dto.number === 'string' ? Pan.parse(dto.number) : null;
  if (number === null) codes.push(codeOf(['number'], dto.number));
  assertNone(codes);
  if (number === null) throw new Error('A checked card lacks its number');
  const { expiry_month: expiryMonth, expiry_year: expiryYear, name, billing_address, phone } = dto;
  return { card: { number, expiryMonth, expiryYear, holder: holderOf(dto) }, echo: { name, billing_address, phone } };
}

/** As much of it as a session can say of a cardholder (sessions-api.md sections 5.2 and 5.8): the rest is of no use. */
function holderOf({ name, billing_address: address, phone }: CardTokenDto): Cardholder {
  const shortName = name?.trim().slice(0, 45).trim() ?? '';
  const billingAddress = address && addressOf(address);
  const mobile = phone && phoneOf(phone);
  return {
    ...(shortName.length < 2 ? {} : { name: shortName }),
    ...(billingAddress && Object.keys(billingAddress).length > 0 ? { billingAddress } : {}),
    ...(mobile ? { phone: mobile } : {}),
  };
}

function addressOf(dto: NonNullable<CardTokenDto['billing_address']>): NonNullable<Cardholder['billingAddress']> {
  const parts = {
    line1: dto.address_line1?.slice(0, 50),
    line2: dto.address_line2?.slice(0, 50),
    city: dto.city,
    // A code that was cut would be another one.
    state: atMost(3, dto.state),
    zip: atMost(16, dto.zip),
    country: dto.country?.toUpperCase(),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''));
}

function phoneOf(dto: NonNullable<CardTokenDto['phone']>): Cardholder['phone'] {
  const [countryCode, number] = [digitsOf(dto.country_code), digitsOf(dto.number)];
  const fits = /^\d{1,3}$/.test(countryCode) && /^\d{1,15}$/.test(number);
  return fits ? { countryCode, number } : undefined;
}

const atMost = (length: number, text: string | undefined): string | undefined =>
  text !== undefined && text.length <= length ? text : undefined;

const digitsOf = (text = ''): string => text.replaceAll(/\D/g, '');
