import { isNews, type HostedState, type Step } from './state';

const state = (step: Step, version: number): HostedState => ({
  step,
  version,
  return_url: 'https://shop.example',
  cancel: 'leaves',
});

describe('a state that comes', () => {
  it.each<[Step, number, Step, number, boolean]>([
    ['device', 1, 'waiting', 2, true],
    ['waiting', 2, 'waiting', 2, true],
    ['challenge', 3, 'waiting', 2, false],
    ['challenge', 3, 'device', 1, false],
    ['challenge', 3, 'elsewhere', 1, true],
    ['elsewhere', 3, 'challenge', 3, true],
    ['done', 3, 'challenge', 3, false],
    ['done', 3, 'elsewhere', 4, false],
  ])('in %s %d: %s %d is news: %s', (step, version, next, nextVersion, expected) => {
    expect(isNews(state(step, version), state(next, nextVersion))).toBe(expected);
  });
});
