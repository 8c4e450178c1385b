/** Amounts as people write them. Pure. */
import { currencyOf } from '@app/kernel';

/** What is to be paid, in minor units. */
export interface Purchase {
  readonly amountMinor: number;
  /** ISO 4217, alphabetic. */
  readonly currency: string;
}

/** `purchase` in the manner of `tag` (BCP 47): 6540 EUR is `65,40 €` in German. Exact, as many digits as ISO 4217 gives the currency. */
export function formatAmount({ amountMinor, currency }: Purchase, tag: string): string {
  const exponent = currencyOf(currency)?.exponent ?? 2;
  const digits = String(amountMinor).padStart(exponent + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - exponent), digits.slice(digits.length - exponent)];
  const format = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  // As text, because not every amount of 2^53 minor units is a number with a fraction.
  return format.format((exponent === 0 ? whole : `${whole}.${fraction}`) as Intl.StringNumericLiteral);
}
