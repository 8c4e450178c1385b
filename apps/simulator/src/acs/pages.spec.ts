import { formatAmount } from './pages';

describe('an amount on the challenge page', () => {
  it.each([
    ['6540', 'EUR', 2, '65.40 EUR'],
    ['5', 'EUR', 2, '0.05 EUR'],
    ['0', 'EUR', 2, '0.00 EUR'],
    ['1234567', 'JPY', 0, '1,234,567 JPY'],
    ['1234567', 'KWD', 3, '1,234.567 KWD'],
    ['0000123', 'USD', 2, '1.23 USD'],
  ])('shows %s %s with exponent %i as %s', (minor, currency, exponent, text) => {
    expect(formatAmount({ minor, currency, exponent })).toBe(text);
  });
});
