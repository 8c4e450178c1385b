import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { holdsCardNumber, maskCardNumbers, Pan, passesLuhn } from './pan';

const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((all) => all.join(''));

const withCheckDigit = (head: string): string => {
  const check = [...'0123456789'].find((digit) => passesLuhn(head + digit));
  return head + String(check);
};

const anyNumber = digits(12, 18).map(withCheckDigit);

describe('the check digit', () => {
  it('exists once for every number', () => {
    fc.assert(
      fc.property(digits(1, 18), (head) => {
        expect([...'0123456789'].filter((digit) => passesLuhn(head + digit))).toHaveLength(1);
      }),
    );
  });

  it('finds every single wrong digit', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
        const at = place % number.length;
        const wrong = (Number(number[at]) + by) % 10;
        expect(passesLuhn(number.slice(0, at) + String(wrong) + number.slice(at + 1))).toBe(false);
      }),
    );
  });
});

describe('a card number', () => {
  it('is 13 to 19 digits with a valid check digit', () => {
    fc.assert(fc.property(anyNumber, (number) => expect(Pan.parse(number)?.expose()).toBe(number)));
  });

  it('is nothing else', () => {
    const other = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      digits(0, 11).map(withCheckDigit),
      digits(19, 40).map(withCheckDigit),
      anyNumber.map((number) => `${number} `),
      anyNumber.map((number) => number.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))),
      anyNumber.map((number) => `${number}\n`),
    );
    fc.assert(
      fc.property(other, (text) => {
        fc.pre(!/^\d{13,19}$/.test(text) || text.endsWith('\n'));
        expect(Pan.parse(text)).toBeNull();
      }),
    );
  });

  it('prints the first six or eight and the last four digits, never the ones between', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const pan = Pan.fromTrusted(number);
        const shown = `${number.slice(0, number.length >= 16 ? 8 : 6)}${'*'.repeat(
          number.length - (number.length >= 16 ? 8 : 6) - 4,
        )}${number.slice(-4)}`;
        const all = [
          String(pan),
          `${pan.toString()}`,
          JSON.stringify({ pan }),
          inspect({ deep: [pan] }, { depth: 9, showHidden: true, getters: true }),
          format('%s %o %O %j', pan, pan, pan, pan),
          JSON.stringify({ ...pan }),
        ];
        expect(pan.masked()).toBe(shown);
        expect(all.join('\n')).not.toContain(number);
        // No run of digits that is longer than what may be shown.
        expect(all.join('\n')).not.toMatch(/\d{9,}/);
      }),
    );
  });
});

describe('a text that holds a card number', () => {
  it('is one with a number in it, whatever its groups and neighbours', () => {
    const separator = fc.constantFrom('', ' ', '-', '\u00a0', '\u2013');
    const neighbour = fc.constantFrom('', 'card ', 'x', ', ', '(');
    fc.assert(
      fc.property(anyNumber, separator, neighbour, neighbour, (number, between, before, after) => {
        const text = before + number.replace(/(\d{4})(?=\d)/g, `$1${between}`) + after;
        expect(holdsCardNumber(text)).toBe(true);
      }),
    );
    expect(holdsCardNumber('4242424242424242 12/29')).toBe(true);
  });

  it.each(['', 'ORD-1', '424242424242', '4242424242424241', '44850403-7153-4584-a485-040371536584'])(
    'is not %j',
    (text) => {
      expect(holdsCardNumber(text)).toBe(false);
    },
  );
});

describe('a text that is shown', () => {
  it.each([
    ['card 4242424242424242', 'card 424242******4242'],
    ['x4242424242424242x', 'x424242******4242x'],
    ['4242 4242 4242 4242', '424242******4242'],
    ['4242-4242-4242-4242 12/29', '424242******4242 12/29'],
    ['3782 822463 10005 4 times', '378282*****0005 4 times'],
    ['12 4242424242424242, 4485040371536584', '12 424242******4242, 448504******6584'],
    [
      '44850403-7153-4584-a485-040371536584 of 4485040371536584',
      '44850403-7153-4584-a485-040371536584 of 448504******6584',
    ],
  ])('shows of %j no whole number', (text, shown) => {
    expect(maskCardNumbers(text)).toBe(shown);
  });

  it.each([
    'ORD-2026-11-30 17:56:55.123456',
    '2026-11-30T17:56:55.000Z',
    '4242424242424241',
    `tx 44850403-7153-4584-a485-040371536584`,
    `${'a'.repeat(20)}4485040371536584${'0'.repeat(28)}`,
    'sid_06fq7k2zv5m3x4r7t2w6y4b5ce',
  ])('shows %j as it is', (text) => {
    expect(maskCardNumbers(text)).toBe(text);
  });

  it('shows no more than ten digits of any number, and the rest as it is', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const masked = `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`;
        expect(maskCardNumbers(`of ${number}, paid`)).toBe(`of ${masked}, paid`);
      }),
    );
  });
});
