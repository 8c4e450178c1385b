import { DAY_MS, dayOf, destroyAfter, HOUR_MS, isoDay, KEY_PURPOSES } from './key-purpose';

describe('the calendar of data keys', () => {
  it('counts UTC days', () => {
    expect(isoDay(dayOf(new Date('2026-03-01T00:00:00Z')))).toBe('2026-03-01');
    expect(isoDay(dayOf(new Date('2026-02-28T23:59:59.999Z')))).toBe('2026-02-28');
  });

  it('keeps every key past the end of what it may have sealed a day late', () => {
    const day = dayOf(new Date('2026-03-01T12:00:00Z'));

    for (const purpose of KEY_PURPOSES) {
      expect(destroyAfter(purpose, day).getTime()).toBeGreaterThanOrEqual((day + 2) * DAY_MS + HOUR_MS);
    }
    expect(destroyAfter('authentication_value', day)).toEqual(new Date('2026-03-04T01:00:00Z'));
  });
});
