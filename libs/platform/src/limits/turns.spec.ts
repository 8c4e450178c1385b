import { setImmediate as nextTurn } from 'node:timers/promises';
import { inTurn } from './turns';

const LARGE = 100_000;

describe('work on bodies', () => {
  it('begins at once when they are small', () => {
    const done: string[] = [];

    inTurn(1_000, () => done.push('small'));

    expect(done).toEqual(['small']);
  });

  it('takes turns when they are large, in order', async () => {
    const done: number[] = [];
    for (const number of [1, 2, 3]) inTurn(LARGE, () => done.push(number));
    const seen = [done.length];

    for (let turn = 0; turn < 3; turn++) {
      await nextTurn();
      seen.push(done.length);
    }

    expect(seen).toEqual([0, 1, 2, 3]);
    expect(done).toEqual([1, 2, 3]);
  });

  it('lets small ones pass large ones', () => {
    const done: string[] = [];

    inTurn(LARGE, () => done.push('large'));
    inTurn(10, () => done.push('small'));

    expect(done).toEqual(['small']);
  });

  it('goes on when new work comes in between', async () => {
    const done: string[] = [];
    inTurn(LARGE, () => {
      done.push('first');
      inTurn(LARGE, () => done.push('second'));
    });

    for (let turn = 0; turn < 3; turn++) await nextTurn();

    expect(done).toEqual(['first', 'second']);
  });
});
