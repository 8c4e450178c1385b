import { spansOf, sumOf } from './trend-series';

const [NIGHT, NEXT] = ['2026-03-01T23:00:00.000Z', '2026-03-02T23:00:00.000Z'];
const EMPTY = { counts: {}, rates: {} };

describe('the points of a trend', () => {
  it('reach to the next one, and no further than the report', () => {
    const [from, to] = ['2026-03-02T12:00:00.000Z', '2026-03-03T01:30:00.000Z'];

    const spans = spansOf({ from, to, unit: 'day', points: [NIGHT, NEXT].map((at) => ({ at, ...EMPTY })) });

    expect(spans.map(({ at, window }) => [at, window])).toEqual([
      [NIGHT, { gte: from, lt: NEXT }],
      [NEXT, { gte: NEXT, lt: to }],
    ]);
  });

  it('are all of the report where there is one', () => {
    const [from, to] = ['2026-03-01T23:10:00.000Z', '2026-03-01T23:20:00.000Z'];

    const spans = spansOf({ from, to, unit: 'hour', points: [{ at: NIGHT, ...EMPTY }] });

    expect(spans[0]?.window).toEqual({ gte: from, lt: to });
  });

  it('sum what one colour is of', () => {
    expect(sumOf({ attempted: 2, data_only: 3, approved: 4 }, ['attempted', 'data_only'])).toBe(5);
    expect(sumOf({}, ['approved'])).toBe(0);
  });
});
