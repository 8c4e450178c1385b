import fc from 'fast-check';
import { DueTimes } from './due-times';

describe('due times', () => {
  it('give what is due, the earliest first, once, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 })),
        fc.array(fc.integer({ min: 0, max: 60 })),
        (times, looks) => {
          const due = new DueTimes<number>();
          times.forEach((at, item) => due.add(at, item));
          let left = times.map((at, item) => ({ at, item }));
          for (const now of looks) {
            const taken = due.take(now);
            expect(taken.map(({ at }) => at)).toEqual(
              left
                .map(({ at }) => at)
                .filter((at) => at <= now)
                .sort((a, b) => a - b),
            );
            expect(new Set(taken.map(({ item }) => item)).size).toBe(taken.length);
            left = left.filter(({ at }) => at > now);
            expect(due.size).toBe(left.length);
          }
        },
      ),
    );
  });
});
