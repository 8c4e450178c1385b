import { faultsOf, isNightlyDue } from './report-check';
import { addCounts } from './reported-session';

const counts = { ...addCounts([]), sessions: 3, frictionless: 3, approved: 3, submitted: 3 };

describe('an hour', () => {
  it('is right when its counts are its sessions and their sums come out', () => {
    expect(faultsOf(counts, 3)).toEqual([]);
  });

  it('is not when a session is missing, or a sum does not come out', () => {
    expect(faultsOf(counts, 4)).toEqual([{ what: 'sessions', excess: -1 }]);
    expect(faultsOf({ ...counts, approved: 2 }, 3)).toEqual([{ what: 'by_status', excess: -1 }]);
    expect(faultsOf({ ...counts, awaiting: 1 }, 3)).toEqual([{ what: 'by_phase', excess: 1 }]);
    expect(faultsOf(undefined, 2)).toEqual([{ what: 'sessions', excess: -2 }]);
  });
});

it.each([
  ['2026-03-28T01:59:00Z', '2026-03-27T01:59:00Z', true],
  ['2026-03-28T01:59:00Z', '2026-03-27T02:01:00Z', false],
  ['2026-03-28T02:00:00Z', '2026-03-28T01:59:00Z', true],
  ['2026-03-28T02:01:00Z', '2026-03-28T02:00:00Z', false],
])('at %s, a check that was asked for at %s was of another night: %s', (now, last, isDue) => {
  expect(isNightlyDue(new Date(last), new Date(now))).toBe(isDue);
  expect(isNightlyDue(null, new Date(now))).toBe(true);
});
