import {
  ago,
  aroundInstants,
  clockTime,
  dateAndTime,
  day,
  duration,
  fromNow,
  shortTime,
  withTimes,
  zoneName,
} from './time';

const AT = '2026-11-29T13:03:07.120Z';
const NOW = new Date('2026-11-29T15:00:00Z');

describe('a time', () => {
  it('is shown in the zone that was chosen', () => {
    expect(dateAndTime(AT, 'UTC')).toBe('29 Nov 2026, 13:03:07');
    expect(dateAndTime('nope', 'UTC')).toBe('nope');
    expect(dateAndTime(AT, 'Asia/Tokyo')).toBe('29 Nov 2026, 22:03:07');
    expect(day('2026-11-29T23:30:00Z', 'Europe/Paris')).toBe('30 Nov 2026');
    expect(clockTime(AT, 'America/New_York')).toBe('08:03:07.120');
  });

  it('has its year in a list only where that is another one, in the zone', () => {
    expect(shortTime(AT, 'UTC', NOW)).toBe('29 Nov, 13:03:07');
    expect(shortTime('2025-12-31T23:30:00Z', 'UTC', NOW)).toBe('31 Dec 2025, 23:30:00');
    expect(shortTime('2025-12-31T23:30:00Z', 'Europe/Paris', NOW)).toBe('1 Jan, 00:30:00');
  });

  it('has a midnight that is 00', () => {
    expect(dateAndTime('2026-01-01T00:00:00Z', 'UTC')).toBe('1 Jan 2026, 00:00:00');
  });
});

describe('instants in a text', () => {
  const TEXT = `expires at: 2026-12-31T00:00:00Z → ${AT}, on 2026-11-29`;

  it('are told in the zone, and say so where that is UTC', () => {
    expect(withTimes(TEXT, 'Asia/Tokyo')).toBe(
      'expires at: 31 Dec 2026, 09:00:00 → 29 Nov 2026, 22:03:07, on 2026-11-29',
    );
    expect(withTimes(TEXT, 'UTC')).toBe(
      'expires at: 31 Dec 2026, 00:00:00 UTC → 29 Nov 2026, 13:03:07 UTC, on 2026-11-29',
    );
    expect(withTimes('none', 'UTC')).toBe('none');
  });

  it('are every other part of it', () => {
    expect(aroundInstants(TEXT)).toEqual(['expires at: ', '2026-12-31T00:00:00Z', ' → ', AT, ', on 2026-11-29']);
    expect(aroundInstants(AT)).toEqual(['', AT, '']);
  });
});

describe('a zone', () => {
  it('is named with its distance from UTC on that day', () => {
    expect(zoneName('Europe/Paris', NOW)).toBe('Europe/Paris (GMT+1)');
    expect(zoneName('Europe/Paris', new Date('2026-07-01T00:00:00Z'))).toBe('Europe/Paris (GMT+2)');
    expect(zoneName('UTC', NOW)).toBe('UTC');
  });
});

describe('a distance from now', () => {
  it.each([
    ['2026-11-29T14:59:30Z', 'just now'],
    ['2026-11-29T15:00:30Z', 'in a moment'],
    ['2026-11-29T14:58:59Z', '1 minute ago'],
    ['2026-11-29T12:00:00Z', '3 hours ago'],
    ['2026-12-02T15:00:00Z', 'in 3 days'],
    ['2025-09-01T00:00:00Z', '1 year ago'],
  ])('%s is %s', (iso, words) => {
    expect(fromNow(iso, NOW)).toBe(words);
  });

  it('is never into the future for what has happened, whatever the clocks say', () => {
    expect(ago('2026-11-29T15:00:30Z', NOW)).toBe('just now');
    expect(ago('2026-11-29T12:00:00Z', NOW)).toBe('3 hours ago');
  });
});

describe('a length of time', () => {
  it.each([
    [0, '0 ms'],
    [84.6, '85 ms'],
    [999, '999 ms'],
    [1_240, '1.24 s'],
    [12_000, '12 s'],
    [59_994, '59.99 s'],
    [59_999, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [12_030_000, '3 h 20 min'],
    [187_200_000, '2 d 4 h'],
  ])('%d ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});
