import {
  choicesWith,
  excludedOf,
  howOf,
  narrowed,
  textIn,
  unlikeValue,
  utcWordsOf,
  valueByText,
  without,
  wordsOf,
  type FilterField,
} from './filter-field';

const STATUS: FilterField = {
  kind: 'words',
  name: 'status',
  label: 'Status',
  choices: [
    { value: 'declined', label: 'Declined' },
    { value: 'rejected', label: 'Rejected' },
    { value: 'expired', label: 'Expired' },
  ],
};
const REFERENCE: FilterField = { kind: 'text', name: 'reference', label: 'Reference' };
const ISSUER = { kind: 'text', name: 'issuer', label: 'Issuer', operator: 'contains' } as const;
const AMOUNT: FilterField = { kind: 'amount', name: 'amountMinor', currencyName: 'currency', label: 'Amount' };
const CREATED: FilterField = { kind: 'time', name: 'createdAt', label: 'Created' };
const LATE: FilterField = { kind: 'flag', name: 'isLate', label: 'Late', yes: 'past deadline', no: 'in time' };

describe('a filter in words', () => {
  it.each([
    [STATUS, { status: ['declined'] }, 'is Declined'],
    [STATUS, { status: ['declined', 'rejected', 'expired'] }, 'is Declined, Rejected or Expired'],
    [STATUS, { status: 'from_tomorrow' }, 'is from_tomorrow'],
    [REFERENCE, { reference: 'ORD-1' }, 'is ORD-1'],
    [REFERENCE, { reference: { prefix: 'ORD' } }, 'begins with ORD'],
    [ISSUER, { issuer: ['Bank of A'] }, 'is Bank of A'],
    [ISSUER, { issuer: { contains: 'bank' } }, 'contains bank'],
    [ISSUER, { issuer: { eq: 'Bank of A' } }, 'is Bank of A'],
    [STATUS, { status: { in: ['declined', 'expired'] } }, 'is Declined or Expired'],
    [STATUS, { status: { not_in: ['declined', 'expired'] } }, 'is not Declined or Expired'],
    [STATUS, { status: { not_in: ['declined'], known: true } }, 'is known, but not Declined'],
    [STATUS, { status: { known: true } }, 'is known'],
    [ISSUER, { issuer: { known: false } }, 'is unknown'],
    [ISSUER, { issuer: { contains: 'bank', not_in: ['Bank of A'] } }, 'contains bank, is not Bank of A'],
    [AMOUNT, { currency: { not_in: ['EUR', 'USD'] } }, 'in a currency that is not EUR or USD'],
    [LATE, { isLate: true }, 'past deadline'],
    [LATE, { isLate: false }, 'in time'],
    [LATE, { isLate: { eq: true } }, 'past deadline'],
    [CREATED, { createdAt: { last: '24h' } }, 'in the last 24 hours'],
    [
      CREATED,
      { createdAt: { gte: '2026-01-01T00:00:00Z', lt: '2026-01-02T00:00:00Z' } },
      'from 1 Jan 2026, 00:00:00 until 2 Jan 2026, 00:00:00',
    ],
    [AMOUNT, { amountMinor: { gte: 1000 }, currency: 'EUR' }, 'is 10.00 EUR or more'],
    [AMOUNT, { amountMinor: { gte: 100, lte: 500 }, currency: 'JPY' }, 'is 100 JPY to 500 JPY'],
    [AMOUNT, { amountMinor: { eq: 500 }, currency: { eq: 'EUR' } }, 'is 5.00 EUR'],
    [AMOUNT, { currency: ['EUR'] }, 'in EUR'],
    [AMOUNT, {}, null],
    [REFERENCE, {}, null],
  ])('of %j by %j is %j', (field, filter, words) => {
    expect(wordsOf(field, filter, 'UTC')).toBe(words);
  });

  it('tells in UTC what it says of times, and only of times', () => {
    const createdAt = { gte: '2026-01-01T00:00:00Z' };

    expect(wordsOf(CREATED, { createdAt }, 'Asia/Tokyo')).toBe('from 1 Jan 2026, 09:00:00');
    expect(utcWordsOf(CREATED, { createdAt })).toBe('from 1 Jan 2026, 00:00:00 UTC');
    expect(utcWordsOf(CREATED, { createdAt: { last: '24h' } })).toBeUndefined();
    expect(utcWordsOf(REFERENCE, { reference: 'ORD-1' })).toBeUndefined();
    expect(utcWordsOf(CREATED, {})).toBeUndefined();
  });

  it('is taken away with every member that it owns', () => {
    expect(without({ amountMinor: { gte: 1 }, currency: 'EUR', status: 'x' }, AMOUNT)).toEqual({ status: 'x' });
  });
});

describe('what a member is not', () => {
  it.each([
    [undefined, 'is', []],
    [['a'], 'is', []],
    [{ not_in: ['a', 'b'] }, 'is_not', ['a', 'b']],
    [{ not_in: ['a'], known: true }, 'is_not', ['a']],
    [{ known: true }, 'known', []],
    [{ known: false }, 'unknown', []],
  ])('is read of %j', (value, how, excluded) => {
    expect([howOf(value), excludedOf(value)]).toEqual([how, excluded]);
  });

  it('is said by operators', () => {
    expect(unlikeValue('is_not', ['a'])).toEqual({ not_in: ['a'] });
    expect(unlikeValue('is_not', [])).toBeUndefined();
    expect(unlikeValue('known', ['a'])).toEqual({ known: true });
    expect(unlikeValue('unknown', [])).toEqual({ known: false });
  });

  it.each([
    [undefined, { known: false }],
    ['a', { eq: 'a', known: false }],
    [['a', 'b'], { in: ['a', 'b'], known: false }],
    [{ contains: 'a' }, { contains: 'a', known: false }],
  ])('narrows %j further', (value, narrower) => {
    expect(narrowed(value, { known: false })).toEqual(narrower);
  });
});

describe('what is typed into a text field', () => {
  it.each([
    ['a part of it', {}, 'bank ', { contains: 'bank' }],
    ['nothing', { issuer: ['Bank of A'] }, ' ', undefined],
    ['another part', { issuer: { contains: 'bank' } }, 'bank of', { contains: 'bank of' }],
    ['something in the place of a whole name', { issuer: ['Bank of A'] }, 'Bank', { contains: 'Bank' }],
    ['the whole name that is there', { issuer: ['Bank of A'] }, 'Bank of A', ['Bank of A']],
    ['the first of the names that are there', { issuer: ['Bank of A', 'B'] }, 'Bank of A', ['Bank of A', 'B']],
  ])('%s becomes its value', (_, filter, text, value) => {
    expect(valueByText(ISSUER, text, filter)).toEqual(value);
  });

  it('is what stands there already', () => {
    expect(textIn(ISSUER, { issuer: { contains: 'bank' } })).toBe('bank');
    expect(textIn(ISSUER, { issuer: ['Bank of A'] })).toBe('Bank of A');
    expect(textIn(ISSUER, { issuer: { eq: 'Bank of A' } })).toBe('Bank of A');
    expect(textIn(ISSUER, {})).toBe('');
  });
});

describe('choices', () => {
  const CHOICES = [
    { value: 'CF', label: 'CF · Central African Republic' },
    { value: 'FR', label: 'FR · France' },
    { value: 'DE', label: 'DE · Germany' },
    { value: 'GF', label: 'GF · French Guiana' },
  ];

  it.each([
    ['fr', ['FR', 'CF', 'GF']],
    [' germ', ['DE']],
    ['', ['CF', 'FR', 'DE', 'GF']],
    ['none like it', []],
  ])('are found by %j', (text, values) => {
    expect(choicesWith(CHOICES, text).map(({ value }) => value)).toEqual(values);
  });
});
