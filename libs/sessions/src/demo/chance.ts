import { uuidV7Floor } from '@app/kernel';

/** Chance that repeats itself: the same seed gives the same draws (mulberry32). For made-up data, never for a secret. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  happens(share: number): boolean {
    return this.next() < share;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<T>(items: readonly T[]): T {
    return this.weighted(items.map((item) => [item, 1] as const));
  }

  /** One of them, each as often as its weight says. @throws RangeError when there is nothing to pick from */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of choices) {
      left -= weight;
      if (left < 0) return item;
    }
    const last = choices.at(-1);
    if (last === undefined) throw new RangeError('There is nothing to pick from');
    return last[0];
  }

  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string {
    let text = '';
    while (text.length < length) text += alphabet.charAt(this.between(0, alphabet.length - 1));
    return text;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length)
      text += this.between(0, 2 ** 32 - 1)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, length);
  }

  /** A UUIDv4, as transaction ids are. */
  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${this.variant()}${this.hex(3)}-${this.hex(12)}`;
  }

  /** A UUIDv7 of the instant `at`. */
  uuidAt(at: Date): string {
    return `${uuidV7Floor(at).slice(0, 13)}-7${this.hex(3)}-${this.variant()}${this.hex(3)}-${this.hex(12)}`;
  }

  private variant(): string {
    return this.text(1, '89ab');
  }
}
