import fc from 'fast-check';
import { pointsBetween } from './trend-points';

const points = (from: string, to: string, unit: 'hour' | 'day' | 'week', zone: string): string[] =>
  pointsBetween({ from: new Date(from), to: new Date(to) }, unit, zone).map((at) => at.toISOString());

describe('the points of a trend', () => {
  it('begin where days begin in the zone, also when the clocks change', () => {
    expect(points('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'day', 'Europe/Zurich')).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('begin with hours as the wall shows them', () => {
    expect(points('2026-01-01T00:10:00Z', '2026-01-01T01:40:00Z', 'hour', 'Asia/Kolkata')).toEqual([
      '2025-12-31T23:30:00.000Z',
      '2026-01-01T00:30:00.000Z',
      '2026-01-01T01:30:00.000Z',
    ]);
  });

  it('begin weeks on Mondays', () => {
    expect(points('2026-03-04T00:00:00Z', '2026-03-10T00:00:00Z', 'week', 'UTC')).toEqual([
      '2026-03-02T00:00:00.000Z',
      '2026-03-09T00:00:00.000Z',
    ]);
  });

  it('cover every window, in order and without a point too many', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Zurich', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    const unit = fc.constantFrom('hour', 'day', 'week' as const);
    const start = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zone, unit, start, fc.integer({ min: 1, max: 20 * 86_400_000 }), (where, what, from, length) => {
        const to = new Date(from.getTime() + length);
        const all = pointsBetween({ from, to }, what as 'hour', where).map((at) => at.getTime());
        expect(all[0]).toBeLessThanOrEqual(from.getTime());
        expect(all[1] ?? Infinity).toBeGreaterThan(from.getTime());
        expect(all.at(-1)).toBeLessThan(to.getTime());
        expect(all).toEqual([...all].sort((one, other) => one - other));
      }),
      { numRuns: 60 },
    );
  });
});
