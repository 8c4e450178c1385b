/** Finds the range of a card number by binary search. */
import type { CardRange } from './card-range';

/** An immutable index over ranges: build it once per set, share it between readers. */
export class CardRangeIndex {
  constructor(readonly ranges: readonly CardRange[]) {}

  /** The narrowest range that holds these digits and has numbers of their length, or null. */
  find(_digits: string): CardRange | null {
    throw new Error('CardRangeIndex is not written yet');
  }
}
