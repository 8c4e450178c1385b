import { lengthOf, listQuery } from './list-query';

const NOW = new Date('2026-11-29T12:00:00Z');
const SORT = { field: 'createdAt', order: 'DESC' };

describe('a request for a page', () => {
  it('is made of filter, sort, limit and the cursor of a neighbour', () => {
    const filter = { status: ['declined', 'rejected'], isPastDeadline: true };

    expect(listQuery({ filter, sort: SORT, limit: 50, after: 'abc' }, NOW)).toEqual({
      filter: '{"status":["declined","rejected"],"isPastDeadline":true}',
      sort: '-createdAt',
      limit: 50,
      after: 'abc',
    });
  });

  it('has nothing that need not be said', () => {
    expect(listQuery({ filter: {}, sort: { field: 'email', order: 'ASC' }, limit: 25 }, NOW)).toEqual({
      sort: 'email',
      limit: 25,
    });
  });

  it('says as an instant what is relative to now', () => {
    const { filter } = listQuery({ filter: { createdAt: { last: '24h' } }, sort: SORT, limit: 25 }, NOW);

    expect(filter).toBe('{"createdAt":{"gte":"2026-11-28T12:00:00.000Z"}}');
  });

  it.each([
    ['15m', 900_000],
    ['7d', 604_800_000],
    ['', 0],
    ['1y', 0],
    ['-1h', 0],
  ])('takes %j for %d ms', (text, ms) => {
    expect(lengthOf(text)).toBe(ms);
  });
});
