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

/**
 * Where a number may stand: digits, digits in the groups that cards have them in, and digits with blanks or dashes between
 * them. All three, as other digits may stand beside a number.
 */
const RUNS = [
  /\d+/g,
  /(?<!\d)\d{4}(?:[\s\p{Pd}]\d{4}){3}(?!\d)|(?<!\d)\d{4}[\s\p{Pd}]\d{6}[\s\p{Pd}]\d{5}(?!\d)/gu,
  /\d(?:[\s\p{Pd}]*\d)*/gu,
];
/** Text without so many digits in a row needs no closer look. */
const LONG_RUN = /\d(?:[\s\p{Pd}]*\d){12}/u;
/** Words that have digits in them by nature: UUIDs and hashes in hexadecimal. One without a letter may be anything. */
const HEX_WORDS =
  /(?<![\da-z])((?=[\d-]{0,35}[a-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=\d*[a-f])[\da-f]{32,})(?![\da-z])/i;

/**
 * A text with what `shown` makes of the digits of each card number in it, also of one in groups. Ids (UUIDs) and hashes hold
 * none, whatever digits they have.
 */
export function replaceCardNumbers(text: string, shown: (digits: string) => string): string {
  if (!LONG_RUN.test(text)) return text;
  // Every second part is what was split by.
  return text
    .split(HEX_WORDS)
    .map((part, index) => (index % 2 === 1 ? part : replaceRuns(part, shown)))
    .join('');
}

function replaceRuns(text: string, shown: (digits: string) => string): string {
  return RUNS.reduce(
    (left, runs) =>
      left.replace(runs, (run) => {
        const digits = run.replace(/\D/g, '');
        return Pan.parse(digits) === null ? run : shown(digits);
      }),
    text,
  );
}

/** Whether a card number stands in a text. */
export function holdsCardNumber(text: string): boolean {
  return replaceCardNumbers(text, () => '') !== text;
}

/** A text whose card numbers show their first six and last four digits: `card 424242******4242`. */
export function maskCardNumbers(text: string): string {
  return replaceCardNumbers(text, (digits) => digits.slice(0, 6) + '*'.repeat(digits.length - 10) + digits.slice(-4));
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
