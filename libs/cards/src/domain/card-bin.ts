import { CARD_TYPES, countryNumeric, holdsCardNumber, isPlainName, type CardType } from '@app/kernel';

/** What is known of the cards whose numbers begin alike (ISO/IEC 7812-1: the issuer identification number). */

/** Null: not known. */
export interface BinFacts {
  readonly issuer: string | null;
  /** ISO 3166-1, two letters. */
  readonly issuerCountry: string | null;
  readonly cardType: CardType | null;
}

/** A line of a table of BINs. The longest prefix of a number is the one that counts. */
export interface BinEntry extends BinFacts {
  /** Six to eight digits. */
  readonly prefix: string;
}

export const ISSUER_MAX_LENGTH = 100;

/** Whether a text can be the name of an issuer: short, a name as others are, and no card number. */
export function isIssuerName(text: string): boolean {
  return text.length <= ISSUER_MAX_LENGTH && isPlainName(text) && !holdsCardNumber(text);
}

/** Whether a text is a country as issuers have one: two capital letters of ISO 3166-1. */
export function isIssuerCountry(text: string): boolean {
  return countryNumeric(text) !== null;
}

/** The kind of card that a text names, whatever its case and with blanks or `_` within (`DEFERRED DEBIT`); null where it is none. */
export function cardTypeOf(text: string): CardType | null {
  const name = text.toLowerCase().replaceAll(' ', '_');
  return CARD_TYPES.find((type) => type === name) ?? null;
}
