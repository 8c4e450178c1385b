import { without, wordsOf, type FilterField } from './filter-field';

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
    [LATE, { isLate: true }, 'past deadline'],
    [LATE, { isLate: false }, 'in time'],
    [CREATED, { createdAt: { last: '24h' } }, 'in the last 24 hours'],
    [
      CREATED,
      { createdAt: { gte: '2026-01-01T00:00:00Z', lt: '2026-01-02T00:00:00Z' } },
      'from 1 Jan 2026, 00:00:00 until 2 Jan 2026, 00:00:00',
    ],
    [AMOUNT, { amountMinor: { gte: 1000 }, currency: 'EUR' }, 'is 10.00 EUR or more'],
    [AMOUNT, { amountMinor: { gte: 100, lte: 500 }, currency: 'JPY' }, 'is 100 JPY to 500 JPY'],
    [AMOUNT, { currency: ['EUR'] }, 'in EUR'],
    [AMOUNT, {}, null],
    [REFERENCE, {}, null],
  ])('of %j by %j is %j', (field, filter, words) => {
    expect(wordsOf(field, filter, 'UTC')).toBe(words);
  });

  it('is taken away with every member that it owns', () => {
    expect(without({ amountMinor: { gte: 1 }, currency: 'EUR', status: 'x' }, AMOUNT)).toEqual({ status: 'x' });
  });
});
