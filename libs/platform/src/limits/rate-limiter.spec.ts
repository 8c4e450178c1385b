import fc from 'fast-check';
import { RateLimiter } from './rate-limiter';

let now: number;
beforeEach(() => (now = 5_000));

const limiter = (perSecond: number, burst: number, maxKeys?: number): RateLimiter =>
  new RateLimiter({ perSecond, burst }, () => now, maxKeys);

/** How many of `tries` at this very moment get through. */
const through = (buckets: RateLimiter, tries: number, key = 'a'): number =>
  Array.from({ length: tries }, () => buckets.take(key)).filter((waitMs) => waitMs === 0).length;

describe('a bucket', () => {
  it('lets the burst through at once and no more', () => {
    expect(through(limiter(10, 4), 20)).toBe(4);
  });

  it('fills again at the rate', () => {
    const buckets = limiter(10, 4);
    through(buckets, 20);

    now += 300;

    expect(through(buckets, 20)).toBe(3);
  });

  it('never holds more than the burst', () => {
    const buckets = limiter(10, 4);
    through(buckets, 20);

    now += 3_600_000;

    expect(through(buckets, 20)).toBe(4);
  });

  it('says how long to wait, and keeps its word', () => {
    const buckets = limiter(10, 4);
    through(buckets, 20);

    const waitMs = buckets.take('a');

    expect(waitMs).toBeCloseTo(100);
    now += waitMs;
    expect(buckets.take('a')).toBe(0);
  });

  it('takes nothing for a refusal', () => {
    const buckets = limiter(10, 1);
    through(buckets, 1_000);

    now += 100;

    expect(buckets.take('a')).toBe(0);
  });

  it('is nobody else’s', () => {
    const buckets = limiter(10, 4);
    through(buckets, 20, 'a');

    expect(through(buckets, 20, 'b')).toBe(4);
  });

  it('never lets more through than burst plus rate times time', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20 }), pauses, (rate, burst, steps) => {
        const start = now;
        const buckets = limiter(rate, burst);
        let passed = 0;
        for (const pause of steps) {
          now += pause;
          passed += through(buckets, 3);
          expect(passed).toBeLessThanOrEqual(burst + ((now - start) / 1000) * rate + 0.001);
        }
      }),
    );
  });
});

describe('many keys', () => {
  it('are forgotten when not used for long, and only ever to their gain', () => {
    const buckets = limiter(0.01, 1, 8);
    buckets.take('stays');
    buckets.take('goes');

    for (let index = 0; index < 30; index++) {
      buckets.take(`other ${index}`);
      if (index % 2 === 0) buckets.take('stays');
    }

    expect(buckets.size).toBeLessThanOrEqual(8);
    expect(buckets.take('stays')).toBeGreaterThan(0);
    expect(buckets.take('goes')).toBe(0);
  });

  it('cost next to nothing', () => {
    const buckets = new RateLimiter({ perSecond: 1, burst: 1 });
    const keys = Array.from({ length: 100_000 }, (_, index) => `key ${index}`);

    // CPU time of this thread: a busy machine is no cost of ours.
    const before = process.threadCpuUsage();
    for (const key of keys) buckets.take(key);
    const microseconds = process.threadCpuUsage(before).user / keys.length;

    expect(microseconds).toBeLessThan(5);
    expect(buckets.size).toBeLessThanOrEqual(50_000);
  });
});
