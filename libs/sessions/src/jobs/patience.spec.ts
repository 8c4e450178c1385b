import { Patience, patienceMs } from './patience';

const START = new Date('2027-01-01T00:00:00Z');
const after = (ms: number): Date => new Date(START.getTime() + ms);

describe('patience', () => {
  it('waits twice as long after each failure, up to five minutes', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 1000].map(patienceMs)).toEqual([
      ...[5_000, 10_000, 20_000, 40_000, 80_000, 160_000],
      ...[300_000, 300_000, 300_000],
    ]);
  });

  it('knows who waits, and for how long', () => {
    const patience = new Patience();
    expect(patience.isWaiting('a', START)).toBe(false);

    patience.failed('a', START);
    patience.failed('a', after(5_000));

    expect(patience.isWaiting('a', after(14_999))).toBe(true);
    expect(patience.isWaiting('a', after(15_000))).toBe(false);
    expect(patience.isWaiting('b', START)).toBe(false);
  });

  it('begins anew after a success', () => {
    const patience = new Patience();
    patience.failed('a', START);
    patience.failed('a', START);
    patience.succeeded('a');

    expect(patience.isWaiting('a', START)).toBe(false);
    patience.failed('a', START);
    expect(patience.isWaiting('a', after(5_000))).toBe(false);
  });

  it('forgets what nobody asks about any more, and keeps what still fails', () => {
    const patience = new Patience();
    patience.failed('gone', START);
    patience.failed('present', after(3_600_000));
    patience.tidy(after(3_600_000 + 5_001));

    patience.failed('gone', after(3_610_000));
    patience.failed('present', after(3_610_000));

    expect(patience.isWaiting('gone', after(3_615_000))).toBe(false);
    expect(patience.isWaiting('present', after(3_615_000))).toBe(true);
  });
});
