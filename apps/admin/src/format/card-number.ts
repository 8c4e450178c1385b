/** Card numbers where none belongs: in what somebody looks for. Addresses are shared and logged, so none goes into one. */

/** What lists know a card by. */
export interface KnownCard {
  readonly bin: string;
  readonly last_four: string;
}

/** Digits, and digits with blanks or dashes between them: both, as a word of digits may stand beside a number. */
const RUNS = [/\d+/g, /\d(?:[\s\p{Pd}]*\d)*/gu];
/** So many digits may be a number that somebody is still typing. */
const NEARLY_A_NUMBER = 12;

const bare = (run: string): string => run.replace(/\D/g, '');

/** The check digit test of ISO/IEC 7812-1. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

const isCardNumber = (digits: string): boolean => /^\d{13,19}$/.test(digits) && passesLuhn(digits);

/** Whether a text is an id with dashes, as the protocol has them. One of nothing but digits may be a number. */
export const isUuid = (text: string): boolean => /^(?=.*[a-f])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The card whose number is in a text, as lists know it; null where none is. An id with dashes is no number. */
export function cardIn(text: string): KnownCard | null {
  if (isUuid(text)) return null;
  const number = RUNS.flatMap((runs) => text.match(runs) ?? [])
    .map(bare)
    .find(isCardNumber);
  if (number === undefined) return null;
  return { bin: number.slice(0, number.length >= 16 ? 8 : 6), last_four: number.slice(-4) };
}

/** Whether a text holds a card number, or may be the beginning of one: it is not looked for by itself. */
export const mayHoldNumber = (text: string): boolean => cardIn(text) !== null || mayBecomeNumber(text);

/** Whether a text is nothing but digits, and as many as the beginning of a card number may have. */
export const mayBecomeNumber = (text: string): boolean =>
  /^[\d\s\p{Pd}]*$/u.test(text) && bare(text).length >= NEARLY_A_NUMBER;
