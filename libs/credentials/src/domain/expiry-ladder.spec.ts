import fc from 'fast-check';
import { daysLeft, dueRung, RUNGS, type Rung } from './expiry-ladder';

const NOW = new Date('2026-11-23T12:00:00Z');
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const inDays = (days: number): Date => inHours(days * 24);

describe('the ladder of an expiry', () => {
  it.each([
    [91, null],
    [90, 90],
    [31, 90],
    [30, 30],
    [8, 30],
    [7, 7],
    [2, 7],
    [1, 1],
    [0.5, 1],
    [0, 0],
    [-3, 0],
  ])('%p days before the end stands on rung %p', (days, rung) => {
    expect(dueRung(inDays(days), NOW, null)).toBe(rung);
  });

  it('says each rung once', () => {
    expect(dueRung(inDays(20), NOW, 90)).toBe(30);
    expect(dueRung(inDays(20), NOW, 30)).toBeNull();
    expect(dueRung(inDays(-1), NOW, 0)).toBeNull();
  });

  it('does not make up for rungs that were passed over', () => {
    expect(dueRung(inDays(5), NOW, null)).toBe(7);
    expect(dueRung(inDays(5), NOW, 7)).toBeNull();
  });

  it('counts a day that has begun', () => {
    expect(daysLeft(inHours(25), NOW)).toBe(2);
    expect(daysLeft(inHours(1), NOW)).toBe(1);
    expect(daysLeft(inHours(0), NOW)).toBe(0);
  });

  it('goes down only, and ends at the end, however rarely one looks', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 40 * 24 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(looks, (steps) => {
        const end = inDays(100);
        let now = NOW.getTime();
        let announced: Rung | null = null;
        const said: Rung[] = [];
        for (const hours of [...steps, 200 * 24]) {
          now += hours * 3_600_000;
          const rung: Rung | null = dueRung(end, new Date(now), announced);
          if (rung !== null) said.push((announced = rung));
        }
        expect(said).toEqual(RUNGS.filter((rung) => said.includes(rung)));
        expect(said.at(-1)).toBe(0);
      }),
    );
  });
});
