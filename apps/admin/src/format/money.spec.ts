import { money, parseMoney } from './money';

describe('an amount', () => {
  it.each([
    [4200, 'EUR', '42.00 EUR'],
    [1234567, 'USD', '12,345.67 USD'],
    [500, 'JPY', '500 JPY'],
    [1500, 'KWD', '1.500 KWD'],
    [0, 'GBP', '0.00 GBP'],
    [100, '???', '1.00 ???'],
  ])('of %d %s is %s', (amountMinor, currency, text) => {
    expect(money({ amountMinor, currency })).toBe(text);
  });
});

describe('what a person typed', () => {
  it.each([
    ['42', 'EUR', 4200],
    ['42.5', 'EUR', 4250],
    ['42,50', 'EUR', 4250],
    [' 500 ', 'JPY', 500],
    ['1.5', 'KWD', 1500],
    ['0.29', 'EUR', 29],
  ])('%j in %s is %d', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it.each([
    ['', 'EUR'],
    ['abc', 'EUR'],
    ['-1', 'EUR'],
    ['1.234', 'EUR'],
    ['1.5', 'JPY'],
    ['1e5', 'EUR'],
  ])('%j is no amount in %s', (text, currency) => {
    expect(parseMoney(text, currency)).toBeNull();
  });
});
