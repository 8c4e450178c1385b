import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A value that does not print itself: string conversion, JSON, template literals and `util.inspect` all show
 * `[secret]`. `expose()` is the only way out, and is easy to search for.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The bare value. Call it only where the value leaves for its one purpose. */
  expose(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
