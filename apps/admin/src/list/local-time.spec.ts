import { toInstant, toLocal } from './local-time';

describe('a time that is typed in a zone', () => {
  it.each([
    ['2026-11-29T14:03:07', 'Europe/Paris', '2026-11-29T13:03:07.000Z'],
    ['2026-07-01T14:03', 'Europe/Paris', '2026-07-01T12:03:00.000Z'],
    ['2026-01-01T00:00:00', 'Asia/Kolkata', '2025-12-31T18:30:00.000Z'],
    ['2026-01-01T00:00:00', 'UTC', '2026-01-01T00:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(toInstant(local, zone)).toBe(instant);
    expect(toLocal(instant, zone)).toBe(local.padEnd(19, ':00'));
  });

  it('is the first of two in the hour that comes twice', () => {
    expect(toInstant('2026-10-25T02:30:00', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('is an hour later in the hour that does not come', () => {
    expect(toLocal(toInstant('2026-03-29T02:30:00', 'Europe/Paris'), 'Europe/Paris')).toBe('2026-03-29T03:30:00');
  });

  it('is empty where there is no instant', () => {
    expect(toLocal('nope', 'UTC')).toBe('');
  });
});
