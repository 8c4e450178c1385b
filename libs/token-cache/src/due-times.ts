interface Due<T> {
  readonly at: number;
  readonly item: T;
}

/** What is to be done when: gives the items whose time has come without looking at the others (a binary heap). */
export class DueTimes<T> {
  private readonly heap: Due<T>[] = [];

  get size(): number {
    return this.heap.length;
  }

  add(at: number, item: T): void {
    const { heap } = this;
    let index = heap.push({ at, item }) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.at(parent) <= at) break;
      this.swap(index, parent);
      index = parent;
    }
  }

  /** Removes and gives everything that is due at `now`, the earliest first, with its time. */
  take(now: number): Due<T>[] {
    const due: Due<T>[] = [];
    while (this.heap.length > 0 && this.at(0) <= now) {
      this.swap(0, this.heap.length - 1);
      const first = this.heap.pop();
      if (first) due.push(first);
      this.sink();
    }
    return due;
  }

  private sink(): void {
    const { length } = this.heap;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      if (left >= length) return;
      const least = left + 1 < length && this.at(left + 1) < this.at(left) ? left + 1 : left;
      if (this.at(index) <= this.at(least)) return;
      this.swap(index, least);
      index = least;
    }
  }

  private at(index: number): number {
    return this.heap[index]?.at ?? Infinity;
  }

  private swap(a: number, b: number): void {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (one && other) [this.heap[a], this.heap[b]] = [other, one];
  }
}
