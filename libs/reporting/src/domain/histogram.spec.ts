import fc from 'fast-check';
import {
  bucketOf,
  BUCKETS,
  countOf,
  EMPTY,
  histogramOf,
  mergeHistograms,
  MOST_MS,
  percentileOf,
  RELATIVE_ERROR,
  valueOf,
} from './histogram';

/** Of every size alike: from parts of a millisecond to years. */
const duration = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 38 }))
  .map(([part, doublings]) => part * 2 ** doublings);
const durations = fc.array(duration, { maxLength: 200 });

/** What rounding to a bucket may change. */
const tolerance = (ms: number): number => (ms + 0.5) * RELATIVE_ERROR + 0.5;

const sorted = (histogram: { counts: ReadonlyMap<number, number> }): [number, number][] =>
  [...histogram.counts].sort(([one], [other]) => one - other);

describe('a bucket', () => {
  it('says how long its durations took to a sixty-fourth of it', () => {
    fc.assert(
      fc.property(duration, (ms) => {
        expect(Math.abs(valueOf(bucketOf(ms)) - ms)).toBeLessThanOrEqual(tolerance(ms));
      }),
    );
  });

  it('is of one millisecond below 64, and no longer one begins before a shorter one', () => {
    for (let ms = 0; ms < 64; ms++) expect([bucketOf(ms), valueOf(ms)]).toEqual([ms, ms]);
    fc.assert(
      fc.property(duration, duration, (one, other) => {
        expect(Math.sign(bucketOf(one) - bucketOf(other)) * Math.sign(one - other)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('has what it stands for in it, and there is none beyond the last', () => {
    for (let bucket = 0; bucket <= bucketOf(MOST_MS); bucket++) expect(bucketOf(valueOf(bucket))).toBe(bucket);
    expect(bucketOf(MOST_MS * 1_000)).toBe(bucketOf(MOST_MS));
    expect(bucketOf(MOST_MS)).toBeLessThan(BUCKETS);
  });
});

describe('a histogram', () => {
  it('is the same however its durations were parted, and in whichever order they are merged', () => {
    fc.assert(
      fc.property(fc.array(durations, { maxLength: 6 }), (parts) => {
        const whole = histogramOf(parts.flat());
        const merged = mergeHistograms(parts.map(histogramOf));
        const turned = mergeHistograms([...parts].reverse().map(histogramOf));
        expect([sorted(merged), merged.longest]).toEqual([sorted(whole), whole.longest]);
        expect([sorted(turned), turned.longest]).toEqual([sorted(whole), whole.longest]);
      }),
    );
  });

  it('has every duration, and the longest as it was', () => {
    fc.assert(
      fc.property(durations, (all) => {
        expect(countOf(histogramOf(all))).toBe(all.length);
        expect(percentileOf(histogramOf(all), 1)).toBe(all.length === 0 ? null : Math.max(...all));
      }),
    );
  });

  it('has the percentiles of its durations to a sixty-fourth', () => {
    fc.assert(
      fc.property(
        fc.array(duration, { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (all, share) => {
          const exact = [...all].sort((one, other) => one - other)[Math.ceil(share * all.length) - 1] ?? NaN;
          expect(Math.abs((percentileOf(histogramOf(all), share) ?? NaN) - exact)).toBeLessThanOrEqual(
            tolerance(exact),
          );
        },
      ),
    );
  });

  it('of nothing has none', () => {
    expect([countOf(EMPTY), percentileOf(EMPTY, 0.5)]).toEqual([0, null]);
  });
});
