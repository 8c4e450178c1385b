import { cardIn, mayBecomeNumber, mayHoldNumber } from './card-number';

describe('a card number in what somebody looks for', () => {
  it.each([
    ['4242424242424242', '42424242', '4242'],
    [' 4242 4242 4242 4242 ', '42424242', '4242'],
    ['4242-4242-4242-4242', '42424242', '4242'],
    ['4242\u00a04242\u00a04242\u20134242', '42424242', '4242'],
    ['card 4242424242424242, please', '42424242', '4242'],
    ['4242424242424242 12/29', '42424242', '4242'],
    ['378282246310005', '378282', '0005'],
    ['30569309025904', '305693', '5904'],
  ])('%j is known by BIN and last four', (text, bin, lastFour) => {
    expect(cardIn(text)).toEqual({ bin, last_four: lastFour });
  });

  it.each(['', 'ORD-1', '42424242', '4242424242424241', '424242424242', '44850403-7153-4584-a485-040371536584'])(
    '%j is none',
    (text) => {
      expect(cardIn(text)).toBeNull();
    },
  );

  it.each([
    ['42424242424', false],
    ['424242424242', true],
    ['4242 4242 4242 4', true],
    ['4242-4242-4242', true],
    ['ORD-424242424242', false],
    ['', false],
  ])('%j may become one: %s', (text, may) => {
    expect(mayBecomeNumber(text)).toBe(may);
  });

  it.each([
    ['card 4242424242424242, please', true],
    ['424242424242', true],
    ['44850403-7153-4584-a485-040371536584', false],
    ['Shop 24', false],
  ])('%j may hold one: %s', (text, may) => {
    expect(mayHoldNumber(text)).toBe(may);
  });
});
