import { inspect } from 'node:util';

/** Digits only, 13 to 19, valid check digit: the shape of every card number the protocol carries (AReq acctNumber). */
const DIGITS = /^\d{13,19}$/;

/** The check digit test of ISO/IEC 7812-1 (Luhn). `digits` must be digits only. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  let double = false;
  for (let index = digits.length - 1; index >= 0; index--) {
    let value = digits.charCodeAt(index) - 48;
    if (double) {
      value *= 2;
      if (value > 9) value -= 9;
    }
    sum += value;
    double = !double;
  }
  return sum % 10 === 0;
}

/** Digits, and digits with blanks or dashes between them: both, as a word of digits may stand beside a number. */
const RUNS = [/\d+/g, /\d(?:[\s\p{Pd}]*\d)*/gu];
/** One without a letter may be anything. */
const HEX_ID = /^(?=.*[a-f])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a card number stands in a text, also in groups. An id (UUID) is none, whatever digits it has. */
export function holdsCardNumber(text: string): boolean {
  if (HEX_ID.test(text)) return false;
  const found = RUNS.flatMap((runs) => text.match(runs) ?? []);
  return found.some((run) => Pan.parse(run.replace(/\D/g, '')) !== null);
}

/**
 * A card number (or payment token in its place) that masks itself wherever it is printed. `bin` and `lastFour` are
 * what may be kept and shown (PCI DSS 3.4: first eight or six, last four).
 */
export class Pan {
  readonly #digits: string;

  private constructor(digits: string) {
    this.#digits = digits;
  }

  /** Returns the number, or null when `text` is not 13 to 19 digits with a valid check digit. */
  static parse(text: string): Pan | null {
    return DIGITS.test(text) && passesLuhn(text) ? new Pan(text) : null;
  }

  /** A number that was checked before it was stored, read back. */
  static fromTrusted(digits: string): Pan {
    return new Pan(digits);
  }

  /** The bare digits. Call it only where the number leaves for the protocol or for encryption. */
  expose(): string {
    return this.#digits;
  }

  /** Issuer identification number: 8 digits of numbers with 16 or more, 6 of shorter ones. */
  get bin(): string {
    return this.#digits.slice(0, this.#digits.length >= 16 ? 8 : 6);
  }

  get lastFour(): string {
    return this.#digits.slice(-4);
  }

  /** For example `44850403****6584`. */
  masked(): string {
    return this.bin + '*'.repeat(this.#digits.length - this.bin.length - 4) + this.lastFour;
  }

  toString(): string {
    return this.masked();
  }

  toJSON(): string {
    return this.masked();
  }

  [inspect.custom](): string {
    return this.masked();
  }
}
