import { endsAt, isAlive } from './session-life';

const MINUTE = 60_000;
const START = new Date('2026-11-29T08:00:00Z');
const after = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);

describe('a session', () => {
  it.each([
    [0, 29.9, true],
    [0, 30, false],
    [700, 719.9, true],
    [700, 720, false],
    [719, 725, false],
  ])('last used after %d minutes is, after %d, alive: %s', (seen, now, alive) => {
    expect(isAlive({ createdAt: START, lastSeenAt: after(seen) }, after(now))).toBe(alive);
  });

  it('ends when nobody uses it, at the latest after half a day', () => {
    expect(endsAt({ createdAt: START, lastSeenAt: after(10) })).toEqual(after(40));
    expect(endsAt({ createdAt: START, lastSeenAt: after(715) })).toEqual(after(720));
  });
});
