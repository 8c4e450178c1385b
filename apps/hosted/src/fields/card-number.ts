/** Card numbers as people type them. Pure. */

/** What a card is by its first digits; only as much as a field must know. */
export interface Brand {
  readonly name: string;
  readonly lengths: readonly number[];
  /** Digits of each group but the last. */
  readonly groups: readonly number[];
}

const FOURS = [4, 4, 4, 4];
const SIX_IN_THE_MIDDLE = [4, 6];

const BRANDS: readonly (Brand & { readonly starts: RegExp })[] = [
  { name: 'visa', starts: /^4/, lengths: [13, 16, 19], groups: FOURS },
  { name: 'amex', starts: /^3[47]/, lengths: [15], groups: SIX_IN_THE_MIDDLE },
  { name: 'mastercard', starts: /^(5[1-5]|2(22[1-9]|2[3-9]|[3-6]|7[01]|720))/, lengths: [16], groups: FOURS },
  { name: 'jcb', starts: /^35/, lengths: [16, 17, 18, 19], groups: FOURS },
  { name: 'diners', starts: /^3(0[0-5]|095|[689])/, lengths: [14, 15, 16, 17, 18, 19], groups: SIX_IN_THE_MIDDLE },
  { name: 'discover', starts: /^6(011|4[4-9]|5)/, lengths: [16, 17, 18, 19], groups: FOURS },
];

const UNKNOWN: Brand = { name: 'unknown', lengths: [13, 14, 15, 16, 17, 18, 19], groups: FOURS };

/** The longest that there is. */
const MOST = 19;

/** The brand that a number begins like; one of no brand may still be a card. */
export function brandOf(digits: string): Brand {
  return BRANDS.find(({ starts }) => starts.test(digits)) ?? UNKNOWN;
}

/** The digits in a text, as many as a number can have. */
export function digitsIn(text: string): string {
  return text.replace(/\D/g, '').slice(0, MOST);
}

/** A number with blanks between its groups. */
export function grouped(digits: string): string {
  const parts: string[] = [];
  let rest = digits;
  for (const length of brandOf(digits).groups) {
    if (rest === '') break;
    parts.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  if (rest !== '') parts.push(rest);
  return parts.join(' ');
}

/** `incomplete` while digits may follow; `invalid` where they can make no number any more. */
export function judgeNumber(digits: string): 'valid' | 'incomplete' | 'invalid' {
  const { lengths } = brandOf(digits);
  if (lengths.includes(digits.length) && passesLuhn(digits)) return 'valid';
  return digits.length < Math.max(...lengths) ? 'incomplete' : 'invalid';
}

/** ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighed = index % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
