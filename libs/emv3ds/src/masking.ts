/** What of a message may be kept and shown: codes and ids yes; card, cardholder and proof no. */
import { Pan, passesLuhn } from '@app/kernel';
import { allFieldNames } from './fields/table';
import { maskedText } from './masked-text';

const MASK = '[masked]';

/** Only elements of the specification, of any version, are shown at all. */
const KNOWN = allFieldNames();

/** Fields that name a person, prove an authentication, or are free-form and may hold either. */
const HIDDEN: ReadonlySet<string> = new Set([
  'authenticationValue',
  'cardExpiryDate',
  'cardSecurityCode',
  'acctID',
  'cardholderName',
  'email',
  'deliveryEmailAddress',
  'homePhone',
  'mobilePhone',
  'workPhone',
  'taxId',
  'billAddrCity',
  'billAddrLine1',
  'billAddrLine2',
  'billAddrLine3',
  'billAddrPostCode',
  'shipAddrCity',
  'shipAddrLine1',
  'shipAddrLine2',
  'shipAddrLine3',
  'shipAddrPostCode',
  'browserIP',
  'appIp',
  'deviceId',
  'userId',
  'deviceInfo',
  'sdkEncData',
  'sdkEphemPubKey',
  'sdkServerSignedContent',
  'acsSignedContent',
  'threeDSReqAuthData',
  'threeDSReqPriorAuthData',
  'challengeDataEntry',
  'challengeDataEntryTwo',
  'challengeHTMLDataEntry',
  'acsHTML',
  'acsHTMLRefresh',
  'threeDSSessionData',
  'payTokenInfo',
  'spcTransData',
  'webAuthnCredList',
  'broadInfo',
  'data',
]);

/** Sentences of another party. */
const PROSE: ReadonlySet<string> = new Set(['errorDescription', 'errorDetail']);

/** Digits that are long by nature and never a card number. */
const PLAIN_DIGITS: ReadonlySet<string> = new Set(['purchaseDate', 'purchaseAmount', 'startRange', 'endRange']);

/**
 * A copy of a message (or of any record that might be one) that is safe to store and print. The card number keeps what
 * `Pan` shows; persons, proofs, extension data and elements that the specification does not know become `[masked]`;
 * whatever looks like a card number inside other text is masked as one.
 */
export function maskMessage(message: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, maskMember(name, value)]));
}

function maskMember(name: string, value: unknown): unknown {
  if (value === undefined || value === null || typeof value === 'boolean') return value;
  if (name === 'acctNumber') return typeof value === 'string' && isCardNumber(value) ? masked(value) : MASK;
  if (HIDDEN.has(name) || !KNOWN.has(name)) return MASK;
  return maskValue(name, value);
}

function maskValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => maskValue(name, item));
  if (typeof value === 'object' && value !== null) return maskMessage(value);
  if (typeof value !== 'string') return MASK;
  if (PROSE.has(name)) return maskedText(value);
  return PLAIN_DIGITS.has(name)
    ? value
    : value.replace(/\d{13,19}/g, (digits) => (passesLuhn(digits) ? masked(digits) : digits));
}

function isCardNumber(text: string): boolean {
  return /^\d{13,19}$/.test(text);
}

function masked(digits: string): string {
  return Pan.fromTrusted(digits).masked();
}
