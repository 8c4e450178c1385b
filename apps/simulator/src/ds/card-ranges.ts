/**
 * The card ranges that each directory server publishes: the scheme's international ranges cut into disjoint segments,
 * so that every listed card behaves as the table says. Bounds end in 49 and 50, so they never name a listed card.
 */
import { createHash } from 'node:crypto';
import type { CardRangeRecord } from '@app/emv3ds';
import type { DirectoryServerId } from '@app/kernel';
import { isSeenBy, TEST_CARDS, type TestCard } from '../cards/card-table';

/** What a directory server publishes: its records and the serial number that names exactly this set. */
export interface PublishedRanges {
  readonly serialNum: string;
  readonly records: readonly CardRangeRecord[];
}

/** How a segment differs from the rest of its range; a hole is not published at all. */
type SegmentKind = 'full' | 'without_method' | 'issuer_outside' | 'hole';

interface Segment {
  readonly start: bigint;
  readonly end: bigint;
  readonly kind: SegmentKind;
}

/** Leading digits (inclusive, from and to) and the lengths of the numbers behind them. */
const INTERNATIONAL: Record<
  DirectoryServerId,
  ReadonlyArray<readonly [from: string, to: string, lengths: readonly number[]]>
> = {
  visa: [['4', '4', [13, 16, 19]]],
  mastercard: [
    ['2221', '2720', [16]],
    ['51', '55', [16]],
  ],
  amex: [
    ['34', '34', [15]],
    ['37', '37', [15]],
  ],
  jcb: [['3528', '3589', [16, 17, 18, 19]]],
  discover: [
    ['300', '305', [14, 16, 19]],
    ['3095', '3095', [14, 16, 19]],
    ['36', '36', [14, 16, 19]],
    ['38', '39', [14, 16, 19]],
    ['6011', '6011', [16, 19]],
    ['644', '649', [16, 19]],
    ['65', '65', [16, 19]],
  ],
  // Co-badged numbers only: the rest of their ranges belongs to the partner scheme alone.
  cartes_bancaires: [],
};

/**
 * The ranges of one directory server. `methodUrl` is where the ACS fingerprints the browser; it becomes part of the
 * records and so of the serial number.
 */
export function publishedRanges(directoryServer: DirectoryServerId, methodUrl: string): PublishedRanges {
  const cards = TEST_CARDS.filter((card) => isSeenBy(card, directoryServer));
  const records =
    directoryServer === 'cartes_bancaires'
      ? pockets(cards, kindOf).flatMap((segment) => toRecord(segment, 16, methodUrl))
      : INTERNATIONAL[directoryServer].flatMap(([from, to, lengths]) =>
          lengths.flatMap((length) => {
            const start = BigInt(from.padEnd(length, '0'));
            const end = BigInt(to.padEnd(length, '9'));
            const inside = pockets(
              cards.filter((card) => card.number.length === length && kindOf(card) !== 'full'),
              kindOf,
            ).filter((pocket) => pocket.start >= start && pocket.end <= end);
            return cut(start, end, inside).flatMap((segment) => toRecord(segment, length, methodUrl));
          }),
        );
  const digest = createHash('sha256').update(JSON.stringify(records)).digest('hex');
  return { serialNum: digest.slice(0, 20), records };
}

/** The published record that holds a number, or null: not enrolled. */
export function findRecord(ranges: PublishedRanges, digits: string): CardRangeRecord | null {
  const found = ranges.records.find(
    ({ startRange, endRange }) => startRange.length === digits.length && startRange <= digits && digits <= endRange,
  );
  return found ?? null;
}

function kindOf(card: TestCard): SegmentKind {
  if (card.reason === 'card_not_enrolled') return 'hole';
  if (card.reason === 'issuer_not_enrolled') return 'issuer_outside';
  return card.methodUrl ? 'full' : 'without_method';
}

/** A pocket of 200 numbers around each card; neighbours of one kind share theirs. */
function pockets(cards: readonly TestCard[], kind: (card: TestCard) => SegmentKind): Segment[] {
  const found: Segment[] = [];
  const sorted = cards.map((card) => ({ number: BigInt(card.number), kind: kind(card) }));
  sorted.sort((a, b) => (a.number < b.number ? -1 : 1));
  for (const card of sorted) {
    const floor = card.number - (card.number % 100n);
    const segment = { start: floor - 50n, end: floor + 149n, kind: card.kind };
    const last = found.at(-1);
    if (last && segment.start <= last.end) {
      if (last.kind !== segment.kind) throw new Error('Two listed cards of different kinds share one pocket');
      found[found.length - 1] = { ...last, end: segment.end };
    } else {
      found.push(segment);
    }
  }
  return found;
}

/** Lays the pockets into a range and fills what lies between. */
function cut(start: bigint, end: bigint, inside: readonly Segment[]): Segment[] {
  const segments: Segment[] = [];
  let next = start;
  for (const pocket of inside) {
    segments.push({ start: next, end: pocket.start - 1n, kind: 'full' }, pocket);
    next = pocket.end + 1n;
  }
  segments.push({ start: next, end, kind: 'full' });
  return segments;
}

function toRecord(segment: Segment, length: number, methodUrl: string): CardRangeRecord[] {
  if (segment.kind === 'hole') return [];
  const record: CardRangeRecord = {
    startRange: segment.start.toString().padStart(length, '0'),
    endRange: segment.end.toString().padStart(length, '0'),
    actionInd: 'A',
    acsStartProtocolVersion: '2.1.0',
    acsEndProtocolVersion: '2.2.0',
    // 80: a value of the directory server that says neither authentication (01) nor attempts (02).
    acsInfoInd: segment.kind === 'issuer_outside' ? ['80'] : ['01', '02'],
  };
  return [segment.kind === 'full' ? { ...record, threeDSMethodURL: methodUrl } : record];
}
