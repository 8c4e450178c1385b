/** Bodies as they may be kept and shown: an exchange, a notice. Pure. */
import { maskedText } from '@app/emv3ds';
import { Pan } from '@app/kernel';
import { CALLBACK_PATH, CHALLENGE_PATH } from './checkout.settings';

const MASK = '[masked]';

/**
 * Members that are never kept, wherever they stand: card data, proofs, secrets, what an SDK sealed; and who the cardholder is,
 * where they are and live, as in an AReq (`cardholderName`, `browserIP`, `email`, `billAddrLine1`).
 */
const SECRET = new Set([
  'ip_address',
  'customer_ip',
  'email',
  'address_line1',
  'address_line2',
  'address_line3',
  'city',
  'zip',
  'cryptogram',
  'session_secret',
  'expiry_month',
  'expiry_year',
  'sdk_encrypted_data',
  'authentication_data',
  'three_ds_req_auth_data',
  'access_token',
  'client_secret',
  'token_number',
]);

/** Members whose `name` is a person's; elsewhere it is a scheme's or a merchant's. */
const PERSONS = new Set(['source']);

/** Addresses of ours prove who posts there by their last part; they come back in links and in pages. */
const PROOFS = new RegExp(`(${CALLBACK_PATH}|${CHALLENGE_PATH})/[\\w.-]+`, 'g');

/** Digits. */
const SHORTEST_NUMBER = 13;

/** An id of the issuer's side, which may have that many digits in groups; one without a letter may be anything. */
const TRANSACTION_ID = /^(?=.*[a-f])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const MAX_DEPTH = 8;
const MAX_MEMBERS = 100;
const MAX_TEXT = 2_048;

/**
 * A copy without card numbers, proofs and secrets, bounded in depth, width and text. Whatever looks like a card number is
 * masked, in whichever member it stands.
 */
export function masked(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return maskedObject(body, 0, '');
}

function maskedObject(value: object, depth: number, of: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  let count = 0;
  for (const [name, member] of Object.entries(value)) {
    if (++count > MAX_MEMBERS) break;
    set(copy, maskedNumbers(name).slice(0, 100), maskedMember(name, member, depth, of));
  }
  return copy;
}

/** As an own member, also where it has the name of an inherited one. */
function set(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name in target)
    Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
  else target[name] = value;
}

function maskedMember(name: string, value: unknown, depth: number, of: string): unknown {
  if (value === undefined || value === null) return value;
  if (SECRET.has(name) || (name === 'name' && PERSONS.has(of))) return MASK;
  const isNumber = name === 'number' || name === 'token';
  return isNumber && typeof value !== 'object' ? shortened(value) : maskedValue(value, depth, name);
}

function maskedValue(value: unknown, depth: number, of: string): unknown {
  switch (typeof value) {
    case 'string':
      return maskedWords(value);
    case 'number':
      return isShort(value) || maskedText(String(value)) === String(value) ? value : MASK;
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (depth >= MAX_DEPTH) return MASK;
      if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS).map((member) => maskedValue(member, depth + 1, of));
      return maskedObject(value, depth + 1, of);
    default:
      return undefined;
  }
}

function maskedWords(text: string): string {
  const shown = text.includes('/checkout/') ? text.replace(PROOFS, `$1/${MASK}`) : text;
  return maskedNumbers(shown).slice(0, MAX_TEXT);
}

/** Most text is shorter than a card number: there is nothing to look for in it. */
function maskedNumbers(text: string): string {
  return text.length < SHORTEST_NUMBER || TRANSACTION_ID.test(text) ? text : maskedText(text);
}

const isShort = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 10 ** (SHORTEST_NUMBER - 1);

/** A card number in its short form; a phone's digits and what is no text at all are masked whole. */
function shortened(value: unknown): string {
  return (typeof value === 'string' && Pan.parse(value)?.masked()) || MASK;
}
