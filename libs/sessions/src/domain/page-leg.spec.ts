import fc from 'fast-check';
import { AT, later } from '../testing/sessions';
import { legTimes, PAGE_LEGS } from './page-leg';

const NOW = later(5);

describe('the time of a leg', () => {
  it('is as long ago as the page says, by our clock', () => {
    const reported = [
      { leg: 'page_shown' as const, msAgo: 1500 },
      { leg: 'first_input' as const, msAgo: 0 },
    ];

    expect(legTimes(reported, { createdAt: AT }, NOW)).toEqual([
      { leg: 'page_shown', at: new Date(NOW.getTime() - 1500) },
      { leg: 'first_input', at: NOW },
    ]);
  });

  it('is never before the session and never after now', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PAGE_LEGS), fc.integer(), (leg, msAgo) => {
        const [time] = legTimes([{ leg, msAgo }], { createdAt: AT }, NOW);

        expect(time?.leg).toBe(leg);
        expect(time?.at.getTime()).toBeGreaterThanOrEqual(AT.getTime());
        expect(time?.at.getTime()).toBeLessThanOrEqual(NOW.getTime());
      }),
    );
  });
});
