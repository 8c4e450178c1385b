import { nextTryAt, RETRY_DELAYS_SECONDS } from './retry-schedule';

const NOW = new Date('2027-01-01T00:00:00Z');
const delaySeconds = (step: number, random: number): number | null => {
  const next = nextTryAt(step, NOW, random);
  return next && (next.getTime() - NOW.getTime()) / 1000;
};

describe('the retry schedule', () => {
  it.each(RETRY_DELAYS_SECONDS.map((delay, index) => [index + 1, delay]))(
    'waits after failed try %i for %i s, a tenth more or less',
    (step, delay) => {
      expect(delaySeconds(step, 0.5)).toBe(delay);
      expect(delaySeconds(step, 0)).toBeCloseTo(delay * 0.9);
      expect(delaySeconds(step, 1)).toBeCloseTo(delay * 1.1);
    },
  );

  it('grows from seconds to a day', () => {
    expect([...RETRY_DELAYS_SECONDS].sort((a, b) => a - b)).toEqual(RETRY_DELAYS_SECONDS);
    expect(RETRY_DELAYS_SECONDS[0]).toBeLessThan(10);
    expect(RETRY_DELAYS_SECONDS.at(-1)).toBe(86_400);
  });

  it('gives up after the last delay', () => {
    expect(nextTryAt(RETRY_DELAYS_SECONDS.length + 1, NOW, 0.5)).toBeNull();
  });
});
