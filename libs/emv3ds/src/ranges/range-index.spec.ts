import * as fc from 'fast-check';
import type { CardRange } from './card-range';
import { CardRangeIndex } from './range-index';

const number = (value: number): string => String(4_000_000_000_000_000 + value);
const range = (from: number, size: number): CardRange => ({
  start: number(from),
  end: number(from + size),
  acsStart: '2.2.0',
  acsEnd: '2.2.0',
});

/** The rule itself, one range after the other: the narrowest that holds the number, the later of two equal ones. */
function slowly(ranges: readonly CardRange[], digits: string): CardRange | null {
  const width = (candidate: CardRange): number => Number(BigInt(candidate.end) - BigInt(candidate.start));
  return ranges
    .filter((candidate) => candidate.start <= digits && digits <= candidate.end)
    .reduce<CardRange | null>((best, next) => (best === null || width(next) <= width(best) ? next : best), null);
}

it('finds what a search through all ranges finds, however they overlap', () => {
  const someRange = fc.tuple(fc.nat(40), fc.nat(15)).map(([from, size]) => range(from, size));
  fc.assert(
    fc.property(fc.array(someRange, { maxLength: 12 }), (ranges) => {
      const index = new CardRangeIndex(ranges);
      for (let value = 0; value <= 60; value++) {
        expect(index.find(number(value))).toBe(slowly(ranges, number(value)));
      }
    }),
    { numRuns: 300 },
  );
});
