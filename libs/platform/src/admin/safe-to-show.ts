import { maskAddresses, maskCardNumbers } from '@app/kernel';

/** Members of the admin API whose long digits are never a card number. */
const PLAIN_DIGITS: ReadonlySet<string> = new Set([
  // Names that acquirers and directory servers give.
  'acquirer_merchant_id',
  'requestor_id',
  // Of messages, and of ranges of card numbers.
  'purchaseDate',
  'purchaseAmount',
  'startRange',
  'endRange',
  'start',
  'end',
]);

/** Addresses that we make or an operator set, to be followed or edited as they are. */
const PLAIN_ADDRESSES: ReadonlySet<string> = new Set([
  'api_url',
  'authorization_url',
  'hosted_url',
  'invitation_url',
  'requestor_url',
  'token_url',
  'totp_uri',
  'webhook_address',
]);

/**
 * An answer of the admin API as it may be shown: whatever others wrote into it, no text of it holds a whole card number, or of
 * a web address what may prove who goes there. Numbers stay as they are, and so does an answer with nothing to hide.
 * @param value JSON, or what has a `toJSON`
 */
export function safeToShow(value: unknown): unknown {
  return shownMember('', value);
}

function shownMember(name: string, value: unknown): unknown {
  if (typeof value === 'string') return shownText(name, value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return shownList(name, value);
  if (hasOwnJson(value)) return shownMember(name, value.toJSON());
  return shownObject(value);
}

/** Shorter ones hold nothing of either kind. */
const SHORTEST = 'http://a@b'.length;

function shownText(name: string, text: string): string {
  if (text.length < SHORTEST) return text;
  const addressed = PLAIN_ADDRESSES.has(name) ? text : maskAddresses(text);
  return PLAIN_DIGITS.has(name) ? addressed : maskCardNumbers(addressed);
}

function shownList(name: string, list: readonly unknown[]): readonly unknown[] {
  const shown = list.map((item) => shownMember(name, item));
  return shown.some((item, index) => item !== list[index]) ? shown : list;
}

function shownObject(value: object): object {
  const members = Object.entries(value);
  const shown = members.map(([name, member]) => [name, shownMember(name, member)] as const);
  return shown.some(([, member], index) => member !== members[index]?.[1]) ? Object.fromEntries(shown) : value;
}

const hasOwnJson = (value: object): value is { toJSON(): unknown } =>
  typeof (value as { toJSON?: unknown }).toJSON === 'function';
