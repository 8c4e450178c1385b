import fc from 'fast-check';
import { NOW } from '../testing/a-token-row';
import { afterRejection, inUseUntil, lifeOf, renewalPoint, retryDelay } from './schedule';

const anyJitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const anyLifeSeconds = fc.integer({ min: 1, max: 86_400 });

describe('the life of a token', () => {
  it('has its renewal at 75 to 85 %, before its end, which is before the upstream’s', () => {
    fc.assert(
      fc.property(anyLifeSeconds, anyJitter, (seconds, jitter) => {
        const { lifeMs, renewAt, expiresAt } = lifeOf(NOW, seconds, jitter);
        expect(lifeMs).toBe(seconds * 1000);
        expect(renewAt - NOW).toBeGreaterThanOrEqual(Math.floor(lifeMs * 0.75));
        expect(renewAt - NOW).toBeLessThanOrEqual(lifeMs * 0.85);
        expect(expiresAt - renewAt).toBeGreaterThanOrEqual(Math.floor(lifeMs * 0.1) - 1);
        expect(NOW + lifeMs - expiresAt).toBeGreaterThanOrEqual(Math.min(lifeMs * 0.05, 10_000));
      }),
    );
  });

  it('of an hour is renewed anywhere in the window, of seconds early in it', () => {
    expect(renewalPoint(3_600_000, 0)).toBe(0.75);
    expect(renewalPoint(3_600_000, 0.999)).toBeCloseTo(0.85, 2);
    expect(renewalPoint(3_000, 0.999)).toBeLessThan(0.775);
  });

  it('leaves a token of 3 s half a second to be replaced in', () => {
    fc.assert(
      fc.property(anyJitter, (jitter) => {
        const { renewAt, expiresAt } = lifeOf(NOW, 3, jitter);
        expect(expiresAt - renewAt).toBeGreaterThanOrEqual(500);
      }),
    );
  });

  it('is a day at most, whatever the upstream promises', () => {
    expect(lifeOf(NOW, 1e12, 0).lifeMs).toBe(86_400_000);
  });

  it('may be a fraction of a second', () => {
    const { renewAt, expiresAt } = lifeOf(NOW, 0.5, 0);

    expect([renewAt - NOW, expiresAt - NOW]).toEqual([375, 475]);
  });
});

describe('use', () => {
  it('counts for two lives', () => {
    expect(inUseUntil(NOW, 3_600_000)).toBe(NOW + 7_200_000);
  });

  it('counts for minutes where no life is known', () => {
    expect(inUseUntil(NOW, null)).toBe(NOW + 600_000);
  });
});

describe('the pause after a failure', () => {
  it('begins short, grows, and stays below 20 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.option(fc.integer({ min: 1_000, max: 86_400_000 })),
        anyJitter,
        (n, life, jitter) => {
          const delay = retryDelay(n, life, jitter);
          expect(delay).toBeGreaterThanOrEqual(187);
          expect(delay).toBeLessThan(20_000);
          expect(retryDelay(n + 1, life, jitter)).toBeGreaterThanOrEqual(delay);
        },
      ),
    );
  });

  it.each([
    [1, 3_600_000, 250],
    [2, 3_600_000, 500],
    [4, 3_600_000, 2_000],
    [20, 3_600_000, 15_000],
    [20, 20_000, 1_000],
    [20, 3_000, 500],
  ])('number %i of a life of %i ms is %i ms, give or take a quarter', (failures, lifeMs, ms) => {
    expect(retryDelay(failures, lifeMs, 0.5)).toBe(ms);
    expect(retryDelay(failures, lifeMs, 0)).toBe(Math.round(ms * 0.75));
  });

  it('is as long as the upstream asks, up to five minutes', () => {
    expect(retryDelay(1, 3_600_000, 0.5, 42)).toBe(42_000);
    expect(retryDelay(1, 3_600_000, 0.5, 1e9)).toBe(300_000);
    expect(retryDelay(20, 3_600_000, 0.5, 1)).toBe(15_000);
  });
});

describe('a rejected token', () => {
  it('is replaced at once, and so is one more', () => {
    expect(afterRejection(0, 1_000, 3_600_000, 0.5)).toEqual({ rejections: 1, delayMs: 0 });
    expect(afterRejection(1, 1_000, 3_600_000, 0.5)).toEqual({ rejections: 2, delayMs: 0 });
  });

  it('is replaced later and later when the upstream takes none', () => {
    const delays = [2, 3, 4, 5].map((rejections) => afterRejection(rejections, 100, 3_600_000, 0.5).delayMs);

    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('begins the count anew when it was good for a while', () => {
    expect(afterRejection(9, 60_000, 3_600_000, 0.5)).toEqual({ rejections: 1, delayMs: 0 });
    expect(afterRejection(9, 750, 3_000, 0.5)).toEqual({ rejections: 1, delayMs: 0 });
  });
});
