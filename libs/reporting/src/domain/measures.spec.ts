import { histogramOf, percentileOf } from './histogram';
import { callbackFigures, firstOf, histogramsOf, legFigures } from './measures';

describe('entries of histograms', () => {
  it('are parted by what they measure, and added up', () => {
    const { answer, callback, whole } = histogramsOf([
      [firstOf('answer') + 20, 2, 20.4],
      [firstOf('answer') + 20, 1, null],
      [firstOf('answer'), 0, 20.5],
      [firstOf('callback') + 3, 1, 3],
    ]);

    expect(legFigures(answer)).toEqual({ count: 3, p50: 20, p95: 20.5, p99: 20.5, max: 20.5 });
    expect(legFigures(callback)).toEqual({ count: 1, p50: 3, p95: 3, p99: 3, max: 3 });
    expect(legFigures(whole)).toEqual({ count: 0, p50: null, p95: null, p99: null, max: null });
  });
});

it('a message is delivered with the first try or a later one, or not yet', () => {
  const rest = { dead: 2, backlog: 1, oldestDueAt: new Date(0), unresolvedPastDeadline: 4 };
  const lags = { lag_first: histogramOf([10, 20, 30]), lag_later: histogramOf([5_000]) };

  expect(callbackFigures(lags, { ...rest, undelivered: 6 })).toEqual({
    due: 10,
    firstTry: 3,
    delivered: 4,
    lagP50: 20,
    lagP95: 5_000,
    lagP99: percentileOf(lags.lag_later, 1),
    ...rest,
  });
});
