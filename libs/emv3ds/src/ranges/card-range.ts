/** What a 3DS Server knows about ranges of card numbers (emv-3ds.md section 7). */

/** One range, both ends inclusive digits of the same length. Versions are texts that may be unknown to us. */
export interface CardRange {
  start: string;
  end: string;
  acsStart: string;
  acsEnd: string;
  /** Where the directory server's versions differ from its default for this range. */
  dsStart?: string;
  dsEnd?: string;
  methodUrl?: string;
  acsInfoInd?: readonly string[];
}

/** All ranges of one directory server. `serialNum` is what the next PReq carries; without it that one asks for all. */
export interface CardRangeSet {
  serialNum?: string;
  /** The directory server's default versions. */
  dsStart?: string;
  dsEnd?: string;
  ranges: readonly CardRange[];
}

/** Where a 3DS Server starts: nothing known, so the first PReq asks for everything. */
export const EMPTY_CARD_RANGES: CardRangeSet = { ranges: [] };
