import { brandOf, digitsIn, grouped, judgeNumber } from './card-number';

describe('a card number as it is typed', () => {
  it.each([
    ['4', 'visa'],
    ['37', 'amex'],
    ['5588', 'mastercard'],
    ['2221', 'mastercard'],
    ['2720', 'mastercard'],
    ['2721', 'unknown'],
    ['3528', 'jcb'],
    ['3674', 'diners'],
    ['6011', 'discover'],
    ['9', 'unknown'],
    ['', 'unknown'],
  ])('that begins with %s is %s', (digits, name) => {
    expect(brandOf(digits).name).toBe(name);
  });

  it('is what is left without what is no digit, and no longer than a number', () => {
    expect(digitsIn('4242-4242 4242x4242')).toBe('4242424242424242');
    expect(digitsIn('1'.repeat(40))).toHaveLength(19);
  });

  it.each([
    ['4242424242424242', '4242 4242 4242 4242'],
    ['42424', '4242 4'],
    ['378282246310005', '3782 822463 10005'],
    ['4242424242424242424', '4242 4242 4242 4242 424'],
    ['', ''],
  ])('%s stands as %s', (digits, text) => {
    expect(grouped(digits)).toBe(text);
    expect(digitsIn(text)).toBe(digits);
  });

  it.each([
    ['4242424242424242', 'valid'],
    ['378282246310005', 'valid'],
    ['36747880216043', 'valid'],
    ['424242424242', 'incomplete'],
    // Sixteen digits that are no number may become nineteen that are.
    ['4242424242424241', 'incomplete'],
    ['378282246310004', 'invalid'],
    ['5588686116426418', 'invalid'],
    ['', 'incomplete'],
  ])('%s is %s', (digits, judgement) => {
    expect(judgeNumber(digits)).toBe(judgement);
  });
});
