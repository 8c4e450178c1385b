import fc from 'fast-check';
import { binOf, percentile } from './latency-bins';

const countsOf = (latencies: readonly number[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const ms of latencies) counts.set(binOf(ms), (counts.get(binOf(ms)) ?? 0) + 1);
  return counts;
};
const latency = fc.double({ min: 0.1, max: 16_000, noNaN: true });

describe('latencies in bins', () => {
  it.each([0.5, 0.95])('give a percentile (%d) that is wrong by a bin at most', (share) => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 200 }), (latencies) => {
        const exact = latencies.toSorted((a, b) => a - b)[Math.ceil(latencies.length * share) - 1] ?? NaN;
        const told = percentile(countsOf(latencies), share) ?? NaN;
        // Rounded to the millisecond, and up to the bound of its bin.
        expect(told).toBeGreaterThanOrEqual(Math.floor(exact));
        expect(told).toBeLessThanOrEqual(Math.max(1, exact * 2 ** 0.25) + 1);
      }),
    );
  });

  it('have none where there were no calls', () => {
    expect(percentile(new Map(), 0.5)).toBeNull();
    expect(percentile(new Map([[3, 0]]), 0.5)).toBeNull();
  });

  it.each([NaN, -1, Infinity])('take %d for what it is worth', (ms) => {
    expect(binOf(ms)).toBeGreaterThanOrEqual(0);
    expect(binOf(ms)).toBeLessThanOrEqual(56);
  });
});
