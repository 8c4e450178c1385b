/** Finds the range of a card number by binary search, overlaps included. */
import type { CardRange } from './card-range';

/**
 * A place in the order of card numbers from which on one range (or none) answers: at the number itself, or `after` it.
 */
interface Boundary {
  readonly digits: string;
  readonly after: boolean;
  readonly range: CardRange | null;
}

interface Candidate {
  readonly range: CardRange;
  readonly width: bigint;
  /** Position in the list: among equally narrow ranges the later one is the more recent. */
  readonly position: number;
}

/** An immutable index over ranges: build it once per set, share it between readers. */
export class CardRangeIndex {
  readonly #boundaries: ReadonlyMap<number, readonly Boundary[]>;

  constructor(ranges: readonly CardRange[]) {
    const byLength = new Map<number, CardRange[]>();
    for (const range of ranges) {
      const group = byLength.get(range.start.length);
      if (group === undefined) byLength.set(range.start.length, [range]);
      else group.push(range);
    }
    this.#boundaries = new Map([...byLength].map(([length, group]) => [length, flatten(group)]));
  }

  /** The narrowest range that holds these digits and has numbers of their length, or null. */
  find(digits: string): CardRange | null {
    const boundaries = this.#boundaries.get(digits.length) ?? [];
    let low = 0;
    let high = boundaries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const boundary = boundaries[middle];
      const isReached = boundary && (boundary.digits < digits || (boundary.digits === digits && !boundary.after));
      if (isReached) low = middle + 1;
      else high = middle;
    }
    return boundaries[low - 1]?.range ?? null;
  }
}

/** Cuts overlapping ranges into stretches that each have one answer, the narrowest range open there. */
function flatten(ranges: readonly CardRange[]): readonly Boundary[] {
  const candidates = ranges.map((range, position) => ({
    range,
    width: BigInt(range.end) - BigInt(range.start),
    position,
  }));
  const starts = candidates.toSorted((left, right) => order(left.range.start, right.range.start));
  const ends = ranges.map((range) => range.end).sort(order);
  const open = new OpenRanges();
  const boundaries: Boundary[] = [];
  let nextStart = 0;
  for (const end of ends) {
    // Every range that starts at or before this end opens first; then the end closes what ends there.
    for (let start = starts[nextStart]; start && start.range.start <= end; start = starts[++nextStart]) {
      open.add(start);
      boundaries.push({ digits: start.range.start, after: false, range: open.narrowest(start.range.start, false) });
    }
    boundaries.push({ digits: end, after: true, range: open.narrowest(end, true) });
  }
  return boundaries;
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A binary heap of ranges, narrowest first; ranges that have ended leave when they come to the top. */
class OpenRanges {
  private readonly heap: Candidate[] = [];

  add(candidate: Candidate): void {
    let child = this.heap.push(candidate) - 1;
    while (child > 0) {
      const parent = (child - 1) >>> 1;
      if (!this.swapIfNarrower(child, parent)) return;
      child = parent;
    }
  }

  narrowest(digits: string, after: boolean): CardRange | null {
    for (;;) {
      const top = this.heap[0];
      if (top === undefined) return null;
      if (top.range.end > digits || (top.range.end === digits && !after)) return top.range;
      this.removeTop();
    }
  }

  private removeTop(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const child = this.isNarrower(left + 1, left) ? left + 1 : left;
      if (!this.swapIfNarrower(child, parent)) return;
      parent = child;
    }
  }

  private swapIfNarrower(child: number, parent: number): boolean {
    const lower = this.heap[child];
    const upper = this.heap[parent];
    if (lower === undefined || upper === undefined || !this.isNarrower(child, parent)) return false;
    this.heap[parent] = lower;
    this.heap[child] = upper;
    return true;
  }

  private isNarrower(left: number, right: number): boolean {
    const first = this.heap[left];
    const second = this.heap[right];
    if (first === undefined || second === undefined) return false;
    return first.width === second.width ? first.position > second.position : first.width < second.width;
  }
}
