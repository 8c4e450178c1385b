import { randomBytes } from '@app/kernel';

const HOW_MANY = 10;
/** Without letters and digits that look alike (Crockford's base32). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/** New recovery codes: 80 random bits each, in groups of four for people to copy. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: HOW_MANY }, () =>
    [...randomBytes(LENGTH)]
      .map((byte) => ALPHABET[byte & 31])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  );
}

/** A code as it is compared: whatever case and separators a person typed, and letters that look like digits. */
export function normalRecoveryCode(text: string): string {
  return text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
}
