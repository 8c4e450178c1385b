import { setImmediate } from 'node:timers/promises';
import { returnStartupMemory } from './startup-memory';

const somethingNobodyHolds = (): WeakRef<object> => new WeakRef({ large: new Array(100_000).fill('x') });

describe('memory that only the start needed', () => {
  it('is given back, as often as asked', async () => {
    const left = somethingNobodyHolds();
    // What a WeakRef was made for stays until the end of the turn.
    await setImmediate();
    await returnStartupMemory();
    await returnStartupMemory();
    expect(left.deref()).toBeUndefined();
  });
});
