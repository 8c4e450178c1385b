import { randomBytes } from './random';

/** Prefixes of the ids that appear on the wire (docs/architecture.md, "Words"). */
export const ID_PREFIXES = {
  session: 'sid',
  channel: 'pc',
  accessKey: 'ack',
  merchant: 'mer',
  instrument: 'src',
  token: 'tok',
  event: 'evt',
  message: 'msg',
  connectorAccount: 'cac',
  publicKey: 'pk',
  operator: 'opr',
  serviceAccount: 'sva',
  auditEntry: 'aud',
  job: 'job',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const VALUES = new Map([...ALPHABET].map((char, value) => [char, value]));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function formatUuid(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += HEX[bytes[index] ?? 0];
  }
  return text;
}

/**
 * A new UUIDv7 (RFC 9562 section 5.7) for the instant `at`, in canonical lower-case text. Ids made later sort later
 * at millisecond grain, which makes the primary key of a session its time index and partition key.
 */
export function newUuidV7(at: Date): string {
  const bytes = Buffer.alloc(16);
  randomBytes(10).copy(bytes, 6);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return formatUuid(bytes);
}

/** A new random UUIDv4 in canonical lower-case text: for ids that must not tell the time, such as EMV transaction ids. */
export function newUuidV4(): string {
  const bytes = randomBytes(16);
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return formatUuid(bytes);
}

/** The lowest UUIDv7 of the instant `at`: the bound of a partition or of a time filter on the primary key. */
export function uuidV7Floor(at: Date): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  return formatUuid(bytes);
}

/** Tells whether `text` is a canonical lower-case UUID of any version. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * The wire form of an id: prefix, underscore and 26 lower-case base32 characters (RFC 4648 alphabet, no padding), for
 * example `sid_llraltf4jlwu5dxdtprcv7ba5i`. `uuid` is the canonical text kept in Postgres.
 */
export function encodeId(kind: IdKind, uuid: string): string {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >>> bits) & 31];
    }
    buffer &= 0xff;
  }
  text += ALPHABET[(buffer << (5 - bits)) & 31];
  return `${ID_PREFIXES[kind]}_${text}`;
}

/** The UUID behind a wire id, or null when the text is not a canonical id of that kind. Never throws. */
export function decodeId(kind: IdKind, text: string): string | null {
  const prefix = `${ID_PREFIXES[kind]}_`;
  if (!text.startsWith(prefix) || text.length !== prefix.length + 26) return null;
  const bytes = Buffer.alloc(16);
  let buffer = 0;
  let bits = 0;
  let offset = 0;
  for (let index = prefix.length; index < text.length; index++) {
    const value = VALUES.get(text.charAt(index));
    if (value === undefined) return null;
    buffer = (buffer << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      if (offset < 16) bytes[offset++] = (buffer >>> bits) & 0xff;
      buffer &= (1 << bits) - 1;
    }
  }
  // 26 characters hold 130 bits; the two left over must be zero, or two texts would name one id.
  return buffer === 0 ? formatUuid(bytes) : null;
}
