import { createHmac } from 'node:crypto';
import type { Pan, Secret } from '@app/kernel';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/**
 * The fingerprint of a card number under a merchant's key: the first 130 bits of HMAC-SHA256 as 26 lower-case base32
 * characters, the wire's form. The same number gives the same text for one merchant and tells another one nothing.
 */
export function fingerprintOf(key: Secret<Buffer>, number: Pan): string {
  const digest = createHmac('sha256', key.expose()).update(number.expose()).digest();
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of digest) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && text.length < LENGTH) {
      bits -= 5;
      text += ALPHABET.charAt((buffer >>> bits) & 31);
    }
    if (text.length === LENGTH) break;
  }
  return text;
}
