import { problemOfStatus } from './delivery-problem';

describe('an answer to a callback', () => {
  it.each([
    [200, null],
    [204, null],
    [299, null],
    [301, 'redirect'],
    [307, 'redirect'],
    [304, 'redirect'],
    [400, 'bad_status'],
    [410, 'bad_status'],
    [500, 'bad_status'],
  ])('with status %i means %s', (status, problem) => {
    expect(problemOfStatus(status)).toBe(problem);
  });
});
