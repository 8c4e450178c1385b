/** The date on a card as people type it: month and two digits of the year. Pure. */

export interface Expiry {
  /** 1 to 12. */
  readonly month: number;
  /** Four digits. */
  readonly year: number;
}

/** Cards run no longer than this. */
const MOST_YEARS = 30;

/** As it stands in the field: `4` becomes `04 / `, as nothing else can be meant; a year of four digits becomes two. */
export function writeExpiry(text: string): string {
  let digits = text.replace(/\D/g, '');
  if (/^[2-9]/.test(digits)) digits = `0${digits}`;
  const [month, year] = [digits.slice(0, 2), shortYear(digits.slice(2))];
  return month.length < 2 ? month : `${month} / ${year}`;
}

/** `20` is the year, or the beginning of a longer one: until then both. */
function shortYear(digits: string): string {
  return (digits.length === 4 ? digits.slice(2) : digits).slice(0, 4);
}

/** The date in a text, or null while there is none. */
export function readExpiry(text: string): Expiry | null {
  const match = /^(\d\d) \/ (\d\d|\d{4})$/.exec(text.trim());
  if (!match) return null;
  const [month, year] = [Number(match[1]), Number(match[2])];
  return { month, year: year < 100 ? 2000 + year : year };
}

/** A card is good until its month has ended everywhere. */
export function judgeExpiry(text: string, now: Date): 'valid' | 'incomplete' | 'invalid' | 'past' {
  const expiry = readExpiry(text);
  if (expiry === null) return /^(\d\d? ?\/? ?\d{0,3})?$/.test(text) ? 'incomplete' : 'invalid';
  const { month, year } = expiry;
  if (month < 1 || month > 12 || year > now.getFullYear() + MOST_YEARS) return 'invalid';
  return Date.UTC(year, month, 2) < now.getTime() ? 'past' : 'valid';
}
