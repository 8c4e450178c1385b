import fc from 'fast-check';
import { cutAt, HOUR_MS, lengthened, sliceOf, type Span } from './rolled';

const START = Date.UTC(2026, 2, 1);
const at = (hours: number): Date => new Date(START + hours * HOUR_MS);
const hoursOf = (spans: readonly Span[]): number[][] =>
  spans.map(({ from, to }) => [from, to].map((time) => (time.getTime() - START) / HOUR_MS));

describe('the rows that answer a question', () => {
  it('are those of the one dimension that it looks at, beside the merchant', () => {
    expect(sliceOf([], null)).toBe('all');
    expect(sliceOf(['merchant_id'], 'merchant')).toBe('all');
    expect(sliceOf(['merchant_id'], 'scheme')).toBe('scheme');
    expect(sliceOf(['scheme', 'scheme'], 'scheme')).toBe('scheme');
    expect(sliceOf(['channel_id'], 'merchant')).toBe('channel');
  });

  it('are none where it looks at two, or at one with too many values', () => {
    expect(sliceOf(['scheme'], 'connector')).toBeNull();
    expect(sliceOf(['scheme', 'currency'], null)).toBeNull();
    expect(sliceOf(['bin'], null)).toBeNull();
    expect(sliceOf(['amount'], null)).toBeNull();
    expect(sliceOf([], 'acs')).toBeNull();
  });
});

describe('a window', () => {
  it('is cut into the hours that are rolled up, and what is left', () => {
    const { rolled, left } = cutAt({ from: at(0.5), to: at(6.25) }, [0, 1, 2, 4, 6].map(at));

    expect(hoursOf(rolled)).toEqual([
      [1, 3],
      [4, 5],
    ]);
    expect(hoursOf(left)).toEqual([
      [0.5, 1],
      [3, 4],
      [5, 6.25],
    ]);
  });

  it('has every instant in one of them, and none twice', () => {
    const times = fc.tuple(fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0.01, max: 30, noNaN: true }));
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(times, hours, ([start, length], known) => {
        const window = { from: at(start), to: at(start + length) };
        const { rolled, left } = cutAt(window, [...known].sort((one, other) => one - other).map(at));
        const all = [...rolled, ...left].sort((one, other) => one.from.getTime() - other.from.getTime());
        expect(all[0]?.from).toEqual(window.from);
        expect(all.at(-1)?.to).toEqual(window.to);
        for (const [index, { from }] of all.slice(1).entries()) expect(from).toEqual(all[index]?.to);
        for (const { from, to } of rolled) expect(hoursOf([{ from, to }]).flat().every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it('whose pieces go on for longer is of one piece where they meet', () => {
    const pieces = [
      { from: at(0), to: at(1) },
      { from: at(1.5), to: at(2) },
      { from: at(4), to: at(5) },
    ];

    expect(hoursOf(lengthened(pieces, HOUR_MS / 2))).toEqual([
      [0, 2.5],
      [4, 5.5],
    ]);
  });
});
