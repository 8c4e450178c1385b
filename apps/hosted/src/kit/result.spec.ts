import { waitBefore } from './result';

describe('the waits between questions', () => {
  it('grow, to five seconds', () => {
    const waits = Array.from({ length: 12 }, (_, asked) => waitBefore(asked));

    expect(waits[0]).toBe(400);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[11]).toBe(5_000);
  });

  it('ask a minute of challenge fewer than twenty times', () => {
    let elapsed = 0;
    let asked = 0;
    while (elapsed < 60_000) elapsed += waitBefore(asked++);

    expect(asked).toBeLessThan(20);
  });
});
