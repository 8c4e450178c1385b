import { isDue, nextAttempt, type RefreshResult } from './refresh.schedule';
import type { DirectoryServer } from './directory-server';

const NOW = new Date('2026-11-23T10:00:00Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

const aServer = (over: Partial<DirectoryServer> = {}): DirectoryServer => ({
  environment: 'test',
  id: 'visa',
  url: 'https://ds.example/visa',
  serialNum: null,
  dsStartVersion: null,
  dsEndVersion: null,
  revision: 0,
  rangesLoadedAt: null,
  lastAttemptAt: null,
  nextAttemptAt: null,
  lastError: null,
  ...over,
});

describe('refresh schedule', () => {
  it.each<[string, Partial<DirectoryServer>, boolean, boolean]>([
    ['never asked', {}, false, true],
    ['loaded an hour ago', { nextAttemptAt: NOW }, false, true],
    ['loaded less than an hour ago', { nextAttemptAt: later(1) }, true, false],
    ['failed a moment ago', { nextAttemptAt: later(1000), lastError: '405 refused' }, false, false],
    ['failed before a restart', { nextAttemptAt: later(1000), lastError: '405 refused' }, true, true],
    ['told to stay away before a restart', { nextAttemptAt: later(1000), lastError: '103 too many' }, true, false],
  ])('%s', (_, over, atStart, expected) => {
    expect(isDue(aServer(over), NOW, atStart)).toBe(expected);
  });

  it.each<[RefreshResult, Date | null, number]>([
    ['loaded', NOW, 3_600_000],
    ['refused', NOW, 3_600_000],
    ['unreachable', NOW, 60_000],
    ['unreachable', null, 5_000],
  ])('after %s, with ranges of %s, waits %d ms', (result, rangesLoadedAt, expected) => {
    expect(nextAttempt({ rangesLoadedAt }, result, NOW)).toEqual(later(expected));
  });
});
