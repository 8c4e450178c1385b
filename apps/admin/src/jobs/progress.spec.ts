import { progressOf } from './progress';

describe('the progress of a job', () => {
  it.each([
    ['that has just begun', { waiting: 4, done: 0, failed: 0, skipped: 0 }, { over: 0, percent: 0 }],
    ['that is under way', { waiting: 1, done: 2, failed: 1, skipped: 0 }, { over: 3, percent: 75 }],
    ['that was cancelled before its end', { waiting: 0, done: 0, failed: 1, skipped: 3 }, { over: 1, percent: 25 }],
    ['about nothing', { waiting: 0, done: 0, failed: 0, skipped: 0 }, { over: 0, percent: 100 }],
  ])('%s', (_what, counts, progress) => {
    const total = Object.values(counts).reduce((sum, one) => sum + one, 0);

    expect(progressOf({ total, counts })).toEqual(progress);
  });
});
