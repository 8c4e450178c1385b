import { formatAmount } from './amount';

/** Spaces as everybody types them, and no marks for the direction. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u200e\u200f\u061c]/g, '');

describe('an amount', () => {
  it.each([
    [6540, 'EUR', 'en', '€65.40'],
    [6540, 'EUR', 'en-GB', '€65.40'],
    [6540, 'EUR', 'de', '65,40 €'],
    [6540, 'EUR', 'fr', '65,40 €'],
    [123_456_789, 'EUR', 'en-IN', '€12,34,567.89'],
    [6540, 'JPY', 'ja', '￥6,540'],
    [6540, 'JPY', 'en', '¥6,540'],
    [6540, 'KWD', 'en', 'KWD 6.540'],
    [6540, 'KWD', 'ar-KW', '٦٫٥٤٠ د.ك.'],
    [6540, 'PLN', 'pl', '65,40 zł'],
    [6540, 'BRL', 'pt-BR', 'R$ 65,40'],
    [6540, 'EUR', 'nl', '€ 65,40'],
    [1, 'EUR', 'en', '€0.01'],
    [0, 'EUR', 'en', '€0.00'],
    [12_345, 'CLF', 'en', 'CLF 1.2345'],
    [6540, 'ISK', 'en', 'ISK 6,540'],
    [Number.MAX_SAFE_INTEGER, 'EUR', 'en', '€90,071,992,547,409.91'],
  ])('of %d %s is written the way of %s: %s', (amountMinor, currency, tag, expected) => {
    expect(plain(formatAmount({ amountMinor, currency }, tag))).toBe(expected);
  });
});
