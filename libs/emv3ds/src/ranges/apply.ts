/** Turns a PRes into the next set of card ranges, all or nothing (emv-3ds.md section 7). */
import { ProtocolError } from '../emv3ds.errors';
import type { CardRangeRecord, PRes } from '../messages/pres';
import { areBounds } from '../messages/rules';
import type { CardRange, CardRangeSet } from './card-range';

/** How to treat an addition of a range that is there, and a change or removal of one that is not. */
export type ConflictPolicy = 'reject' | 'tolerate';

/**
 * The set after `pres`, which answers a PReq made from `current`: everything anew when that had no serial number or the
 * answer has none, the changes otherwise, the same ranges when the answer has no range data. Throws `ProtocolError` 203
 * of the 3DS Server, and then `current` stays in force. Before 2.3.1 conflicting records may be tolerated instead: the
 * record then counts for what it says, a removal of nothing being nothing.
 */
export function applyPRes(current: CardRangeSet, pres: PRes, conflicts: ConflictPolicy = 'reject'): CardRangeSet {
  const { serialNum, cardRangeData, dsStartProtocolVersion: dsStart, dsEndProtocolVersion: dsEnd } = pres;
  const head = { ...(serialNum === undefined ? {} : { serialNum }), dsStart, dsEnd };
  if (cardRangeData === undefined) return { ...head, ranges: current.ranges };

  const isFull = current.serialNum === undefined || serialNum === undefined;
  const ranges = new Map(isFull ? [] : current.ranges.map((range) => [key(range.start, range.end), range]));
  for (const record of cardRangeData) {
    if (!areBounds(record.startRange, record.endRange)) refuse(pres, 'cardRangeData.endRange');
    // In a full set every record is an addition, and a range listed twice is the later one.
    const action = isFull && record.actionInd !== 'D' ? 'A' : (record.actionInd ?? 'A');
    applyRecord(ranges, record, action, () => {
      if (!isFull && conflicts === 'reject') refuse(pres, 'cardRangeData.actionInd');
    });
  }
  return { ...head, ranges: [...ranges.values()] };
}

function applyRecord(
  ranges: Map<string, CardRange>,
  record: CardRangeRecord,
  action: 'A' | 'M' | 'D',
  onConflict: () => void,
): void {
  const bounds = key(record.startRange, record.endRange);
  const isThere = ranges.has(bounds);
  if (isThere === (action === 'A')) onConflict();
  if (action !== 'M') ranges.delete(bounds);
  if (action !== 'D') ranges.set(bounds, rangeOf(record));
}

function rangeOf(record: CardRangeRecord): CardRange {
  return {
    start: record.startRange,
    end: record.endRange,
    acsStart: record.acsStartProtocolVersion,
    acsEnd: record.acsEndProtocolVersion,
    ...(record.dsStartProtocolVersion === undefined ? {} : { dsStart: record.dsStartProtocolVersion }),
    ...(record.dsEndProtocolVersion === undefined ? {} : { dsEnd: record.dsEndProtocolVersion }),
    ...(record.threeDSMethodURL === undefined ? {} : { methodUrl: record.threeDSMethodURL }),
    ...(record.acsInfoInd === undefined ? {} : { acsInfoInd: record.acsInfoInd }),
  };
}

function key(start: string, end: string): string {
  return `${start}-${end}`;
}

function refuse(pres: PRes, detail: string): never {
  const { threeDSServerTransID, dsTransID, messageType, messageVersion } = pres;
  throw new ProtocolError({
    code: '203',
    component: 'S',
    detail,
    messageType,
    messageVersion,
    ids: { threeDSServerTransID, dsTransID },
  });
}
