/** Bodies as they may be kept and shown: an exchange, a notice. Pure. */
import { maskedText } from '@app/emv3ds';
import { Pan } from '@app/kernel';
import { CALLBACK_PATH, CHALLENGE_PATH } from './checkout.settings';

const MASK = '[masked]';

/** Members that are never kept, wherever they stand: card data, proofs, secrets, what an SDK sealed. */
const SECRET = new Set([
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

/** Addresses of ours prove who posts there by their last part; they come back in links and in pages. */
const PROOFS = new RegExp(`(${CALLBACK_PATH}|${CHALLENGE_PATH})/[\\w.-]+`, 'g');

const MAX_DEPTH = 8;
const MAX_MEMBERS = 100;
const MAX_TEXT = 2_048;

/**
 * A copy without card numbers, proofs and secrets, bounded in depth, width and text. Whatever looks like a card number is
 * masked, in whichever member it stands.
 */
export function masked(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return maskedObject(body, 0);
}

function maskedObject(value: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_MEMBERS)
      .map(([name, member]) => [maskedText(name).slice(0, 100), maskedMember(name, member, depth)]),
  );
}

function maskedMember(name: string, value: unknown, depth: number): unknown {
  if (value === undefined || value === null) return value;
  if (SECRET.has(name)) return MASK;
  if (name === 'number' || name === 'token')
    return typeof value === 'object' ? maskedValue(value, depth) : shortened(value);
  return maskedValue(value, depth);
}

function maskedValue(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return maskedText(value.replace(PROOFS, `$1/${MASK}`)).slice(0, MAX_TEXT);
    case 'number':
      return Number.isFinite(value) && maskedText(String(value)) === String(value) ? value : MASK;
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (depth >= MAX_DEPTH) return MASK;
      if (Array.isArray(value)) return value.slice(0, MAX_MEMBERS).map((member) => maskedValue(member, depth + 1));
      return maskedObject(value, depth + 1);
    default:
      return undefined;
  }
}

/** A card number in its short form; a phone's digits and what is no text at all are masked whole. */
function shortened(value: unknown): string {
  return (typeof value === 'string' && Pan.parse(value)?.masked()) || MASK;
}
