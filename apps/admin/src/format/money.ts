/** An amount as the API gives it. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}

/** How many digits a currency has behind the point (ISO 4217). */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // no such code
  }
}

/** `42.00 EUR`: the code and never a sign, because dollars are many. */
export function money({ amountMinor, currency }: Money): string {
  const digits = minorDigits(currency);
  const number = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${number.format(amountMinor / 10 ** digits)} ${currency}`;
}

/** What a person typed, in minor units; null when it is no amount of this currency. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  if (!match || (match[2] ?? '').length > digits) return null;
  return Number(`${match[1]}${(match[2] ?? '').padEnd(digits, '0')}`);
}
