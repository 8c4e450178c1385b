/** Turns a PRes into the next set of card ranges, all or nothing (emv-3ds.md section 7). */
import type { PRes } from '../messages/pres';
import type { CardRangeSet } from './card-range';

/**
 * The set after `pres`, which answers a PReq made from `current`: everything anew when that had no serial number or the
 * answer has none, the changes otherwise, the same ranges when the answer has no range data. Throws `ProtocolError` 203
 * of the 3DS Server, and then `current` stays in force.
 */
export function applyPRes(_current: CardRangeSet, _pres: PRes): CardRangeSet {
  throw new Error('applyPRes is not written yet');
}
