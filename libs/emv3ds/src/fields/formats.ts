/**
 * The format texts of the field table as code, keyed by the text itself, so that the table stays the only place that
 * says which field has which format. Lengths are characters (emv-3ds.md section 2.1).
 */
import { currencyOfNumeric, isCountryNumeric, isPayable } from '@app/kernel';

/** What is wrong with a value: 203 its format, 304 an ISO code that does not exist or is excluded. */
export type Fault = '203' | '304';

/** How to check the values of one format: a scalar, an object of the tables, a list of them, or a free-form value. */
export type Format =
  | { readonly kind: 'text'; readonly check: (value: string) => Fault | null }
  | { readonly kind: 'boolean'; readonly check: (value: boolean) => Fault | null }
  | { readonly kind: 'codes'; readonly max: number; readonly check: (value: string) => Fault | null }
  | { readonly kind: 'object'; readonly object: string }
  | { readonly kind: 'objects'; readonly object: string; readonly max: number; readonly maxChars: number }
  | { readonly kind: 'free'; readonly maxChars: number }
  | { readonly kind: 'freeList'; readonly max: number };

type Rule = (value: string) => boolean;

const text = (rule: Rule): Format => ({ kind: 'text', check: (value) => (rule(value) ? null : '203') });
const object = (name: string): Format => ({ kind: 'object', object: name });
const free = (maxChars: number): Format => ({ kind: 'free', maxChars });
const matches = (pattern: RegExp): Format => text((value) => pattern.test(value));

/** Characters, not UTF-16 units; counted only when the units do not settle it. */
function isLonger(value: string, max: number): boolean {
  return value.length > max && (value.length > 2 * max || [...value].length > max);
}
const max = (length: number): Format => text((value) => !isLonger(value, length));
const between = (least: number, most: number): Format =>
  text((value) => value.length >= least && !isLonger(value, most));
const exactly = (length: number): Format => between(length, length);
const number = (least: number, most: number, digits: string): Format => {
  const pattern = new RegExp(`^\\d{${digits}}$`);
  return text((value) => pattern.test(value) && Number(value) >= least && Number(value) <= most);
};

const UUID = matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i);
const VERSION = text((value) => value.length >= 5 && value.length <= 8 && /^\d+\.\d+\.\d+$/.test(value));
const BASE64_28 = text((value) => value.length === 28 && /^[A-Za-z0-9+/]{26,28}={0,2}$/.test(value));
const DATE = dated(/^(\d{4})(\d\d)(\d\d)()()()$/);
const EXTENSIONS: Format = { kind: 'objects', object: 'MessageExtension', max: 10, maxChars: 81_920 };
const BOOLEAN: Format = { kind: 'boolean', check: () => null };

/** Absolute, http or https. Where https is a must is the deployment's rule, not the message's. */
function url(length: number): Format {
  return text((value) => value.length <= length && /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value));
}

/** A calendar date that exists, with the time of day where the pattern has one. */
function dated(pattern: RegExp): Format {
  return text((value) => {
    const parts = pattern.exec(value);
    if (parts === null) return false;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    return (
      date.getUTCFullYear() === year &&
      date.getUTCMonth() === month - 1 &&
      date.getUTCDate() === day &&
      hour < 24 &&
      minute < 60 &&
      second < 60
    );
  });
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
function isIpAddress(value: string): boolean {
  if (value.length > 45) return false;
  return IPV4.test(value) || (/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(value) && URL.canParse(`http://[${value}]/`));
}

/** Lenient reading of RFC 5322 section 3.4: something, an at sign, a domain, and no line breaks. */
function isAddress(value: string): boolean {
  const at = value.lastIndexOf('@');
  return at > 0 && !isLonger(value, 254) && !/[\r\n\0]/.test(value) && /^[^\s@]+$/.test(value.slice(at + 1));
}

function isoCode(exists: (code: string) => boolean): Format {
  return {
    kind: 'text',
    check: (value) => {
      if (!/^\d{3}$/.test(value)) return '203';
      return exists(value) ? null : '304';
    },
  };
}
const isCountry = (code: string): boolean => isCountryNumeric(code) && !(code >= '901' && code <= '999');
const isCurrency = (code: string): boolean => {
  const currency = currencyOfNumeric(code);
  return currency !== null && isPayable(currency);
};

/** Every format text of the 2.2.0 rows. */
export const FORMATS: Readonly<Record<string, Format>> = {
  'exactly 4 chars': exactly(4),
  '5-8 chars, major.minor.patch': VERSION,
  '5-8 chars': VERSION,
  'uuid, canonical 36 chars': UUID,
  '36 chars: prior acsTransID': exactly(36),
  'fully qualified URL, max 256': url(256),
  'fully qualified URL, max 2048': url(2048),
  'fully qualified URL, max 2048 (2.1.0/2.2.0: 256)': url(256),
  'URL, max 256': url(256),
  'https universal link, max 2048': url(2048),

  '1 char': exactly(1),
  '2 chars': exactly(2),
  '3 chars': exactly(3),
  '4 chars': exactly(4),
  '1-8 chars': between(1, 8),
  'max 11': max(11),
  'max 16': max(16),
  'max 32': max(32),
  'max 32 (EMVCo LOA number)': max(32),
  'max 35': max(35),
  'max 35, DS-assigned/formatted': max(35),
  'max 40': max(40),
  'max 40, DS-assigned/formatted': max(40),
  'max 45': max(45),
  'max 50': max(50),
  'max 64': max(64),
  'max 64, RID prefix': max(64),
  'max 128': max(128),
  'max 254': max(254),
  'max 256': max(256),
  'max 350, \\n allowed (2.3.1: ** bold)': max(350),
  'max 2048': max(2048),
  'max 2048 (truncate)': max(2048),
  'max 20000': max(20_000),
  'max 3, ISO 3166-2 subdivision': max(3),
  'max 3, ISO 3166-2 subdivision without country prefix': max(3),
  'alphanumeric, max 20': matches(/^[A-Za-z0-9]{1,20}$/),
  '2-45 chars, EMV Book 4 character set': matches(/^[\x20-\x7e]{2,45}$/),
  'RFC 5322 3.4, max 254': text(isAddress),
  'IPv4/IPv6, max 45': text(isIpAddress),

  '1 digit': matches(/^\d$/),
  '2 digits': matches(/^\d{2}$/),
  '3 digits': matches(/^\d{3}$/),
  '1-3 digits': matches(/^\d{1,3}$/),
  '1-6 digits': matches(/^\d{1,6}$/),
  'max 3 digits': matches(/^\d{1,3}$/),
  'max 3 digits, capped 999': matches(/^\d{1,3}$/),
  'max 4 digits (2.3.1: 0-999)': matches(/^\d{1,4}$/),
  'max 15 digits': matches(/^\d{1,15}$/),
  'max 15 digits, MAJOR units': matches(/^\d{1,15}$/),
  '13-19 digits': matches(/^\d{13,19}$/),
  'digits, max 48, minor units (leading zeros allowed)': matches(/^\d{1,48}$/),
  '1-2 digits 1-99': number(1, 99, '1,2'),
  '3 digits 000-255': number(0, 255, '3'),
  '2 digits >= 05 (minutes)': number(5, 99, '2'),
  'max 3 digits, numeric value > 1': number(2, 999, '1,3'),
  '1-9999 days, max 4 digits': number(1, 9999, '1,4'),
  // The padding is unclear in 2.2.0 (emv-3ds.md section 9.2, number 2): both forms are read.
  '5 digits 00001-10080 (minutes)': number(1, 10_080, '1,5'),
  '1-5 chars, minutes, sign of getTimezoneOffset()': matches(/^(?=.{1,5}$)[+-]?\d{1,4}$/),
  '2 chars, 01-11': number(1, 11, '2'),

  YYMM: matches(/^\d\d(?:0[1-9]|1[0-2])$/),
  YYYYMMDD: DATE,
  'YYYYMMDDHHMM UTC': dated(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)()$/),
  'YYYYMMDDHHMMSS UTC': dated(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/),
  '3 digits ISO 3166-1': isoCode(isCountry),
  '3 digits ISO 3166-1 (not 901-999)': isoCode(isCountry),
  '3 digits ISO 4217 (not 955-964, 999)': isoCode(isCurrency),

  'exactly 28': BASE64_28,
  'exactly 28 chars base64': BASE64_28,
  'base64url, max 100 KB': max(102_400),
  'base64url HTML, max 100 KB': max(102_400),
  'base64url JSON, max 64000': max(64_000),
  'JWE compact, max 64000': max(64_000),
  'JWS compact, max 16000': max(16_000),

  'true/false': BOOLEAN,
  'true only': { kind: 'boolean', check: (value) => (value ? null : '203') },
  '2-char values': { kind: 'codes', max: 99, check: (value) => (value.length === 2 ? null : '203') },
  '1-7': { kind: 'codes', max: 7, check: () => null },

  AcctInfo: object('AcctInfo'),
  AcsRenderingType: object('AcsRenderingType'),
  DeviceRenderOptions: object('DeviceRenderOptions'),
  MerchantRiskIndicator: object('MerchantRiskIndicator'),
  Phone: object('Phone'),
  'Phone {cc 1-3, subscriber max 15}': object('Phone'),
  '1-3 ThreeDSRequestorAuthenticationInfo': object('ThreeDSRequestorAuthenticationInfo'),
  '1-3 ThreeDSRequestorPriorAuthenticationInfo': object('ThreeDSRequestorPriorAuthenticationInfo'),
  '2.3.1: 1-200000 CardRangeData231; earlier: CardRangeData2x': {
    kind: 'objects',
    object: 'CardRangeData2x',
    max: Infinity,
    maxChars: Infinity,
  },
  'max 10 objects': EXTENSIONS,
  'see MessageExtension': EXTENSIONS,
  'max 8059 chars': free(8059),
  'BroadInfo, max 4096 chars': free(4096),
  'JWK EC P-256, max 256 chars': free(256),
  '{medium?, high?, extraHigh?}': free(3 * 2048 + 64),
  '{medium?, high?, extraHigh?} URLs max 2048': free(3 * 2048 + 64),
  '1-8 single-pair objects, key max 4, value max 45': { kind: 'freeList', max: 8 },
};
