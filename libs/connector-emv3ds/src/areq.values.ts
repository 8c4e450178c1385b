/** Free values made fit for the AReq: cut, cleaned or left out, never a reason for the directory server to refuse. */
import { COLOR_DEPTHS } from './areq.tables';

/** Everything that ends or garbles a line: control, format, surrogate and unassigned characters. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;
/** Letters, digits and the punctuation that addresses have; the rest is replaced (sessions-api.md section 5.8). */
const NOT_IN_ADDRESS = /[^\p{L}\p{M}\p{N} .,'’\-/#&()+:°º]+/gu;
/** Characters that have no decomposition into a base letter and marks. */
const LATIN: Readonly<Record<string, string>> = {
  Æ: 'AE', æ: 'ae', Œ: 'OE', œ: 'oe', Ø: 'O', ø: 'o', Ł: 'L', ł: 'l', Đ: 'D', đ: 'd', Ð: 'D', ð: 'd', Þ: 'TH', þ: 'th',
  ß: 'ss', ı: 'i', '’': "'", '‘': "'", '–': '-', '—': '-',
}; // prettier-ignore

/** Text of at most `max` characters without unprintable ones, or undefined when nothing is left. */
export function text(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value.replace(UNPRINTABLE, ' ').trim();
  const cut = Array.from(clean).slice(0, max).join('').trim();
  return cut === '' ? undefined : cut;
}

/** A line of an address: special characters become spaces. */
export function addressText(value: unknown, max: number): string | undefined {
  return typeof value === 'string' ? text(value.replace(NOT_IN_ADDRESS, ' ').replace(/ {2,}/g, ' '), max) : undefined;
}

/**
 * A cardholder name in the common character set of EMV Book 4 (printable ASCII), 2 to 45 characters: marks are taken
 * off their letters, what still does not fit is left out. Undefined when no name remains.
 */
export function cardholderName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const plain = Array.from(value, (char) => LATIN[char] ?? char)
    .join('')
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/ {2,}/g, ' ');
  const name = text(plain, 45);
  return name !== undefined && name.length >= 2 && /[A-Za-z0-9]/.test(name) ? name : undefined;
}

/** A subdivision code of ISO 3166-2 without its country prefix: `GB-ENG` and `ENG` are `ENG`. */
export function subdivision(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const code = value
    .trim()
    .toUpperCase()
    .replace(/^[A-Z]{2}-/, '');
  return /^[A-Z0-9]{1,3}$/.test(code) ? code : undefined;
}

/** A count in at most `digits` digits; a larger one is the largest that fits. */
export function count(value: unknown, digits: number): string | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) return undefined;
  return String(Math.min(number, 10 ** digits - 1));
}

/** A major-unit amount in digits: what is behind the decimal point is dropped. */
export function majorAmount(value: unknown): string | undefined {
  const match =
    typeof value === 'string' || typeof value === 'number' ? /^(\d{1,15})([.,]\d*)?$/.exec(String(value)) : null;
  return match?.[1];
}

const TEXT_DATE = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO 8601 text as an instant; a time without a zone is UTC. Null when it is none. */
function instant(value: unknown): Date | null {
  const match = typeof value === 'string' ? TEXT_DATE.exec(value.trim()) : null;
  if (!match) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] = match;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  // Date rolls the 30th of February over to March.
  const isOnCalendar = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return Number.isNaN(date.getTime()) || !isOnCalendar ? null : date;
}

/** The first `length` digits of YYYYMMDDHHMMSS in UTC. */
export function stamp(date: Date, length: 8 | 12 | 14): string {
  return date.toISOString().replace(/\D/g, '').slice(0, length);
}

/** A date of the request as YYYYMMDD, UTC. */
export function day(value: unknown): string | undefined {
  const date = instant(value);
  return date ? stamp(date, 8) : undefined;
}

/** A time of the request as YYYYMMDDHHMM, UTC. */
export function minute(value: unknown): string | undefined {
  const date = instant(value);
  return date ? stamp(date, 12) : undefined;
}

/** A language tag cut to 8 characters (the limit before 2.3.1), without half a subtag's hyphen at its end. */
export function language(value: string): string {
  return value.trim().slice(0, 8).replace(/-+$/, '');
}

/** The colour depth that the protocol knows at or below the given one; what is not a number goes as it came. */
export function colorDepth(value: string): string {
  const depth = Number(value);
  if (!/^\d{1,2}$/.test(value)) return value;
  return String(COLOR_DEPTHS.findLast((known) => known <= depth) ?? COLOR_DEPTHS[0]);
}

/** The object without its undefined members, or undefined when none is left: empty objects are format errors. */
export function filled<T extends object>(value: T): T | undefined {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T);
}
