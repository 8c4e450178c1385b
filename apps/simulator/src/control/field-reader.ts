/** Reads the members of a control request, and remembers every one that is not valid instead of stopping at the first. */
import { InvalidRequest } from '@app/kernel';
import { isRecord } from '../http/body';

type Json = Readonly<Record<string, unknown>>;

/** One object at a time; `prefix` names it in codes such as `faults_mode_invalid`. */
export class FieldReader {
  constructor(
    private readonly fields: Json,
    private readonly prefix = '',
    private readonly bad: string[] = [],
  ) {}

  /** A member object, read on; null when absent. */
  object(name: string): FieldReader | null {
    const value = this.fields[name];
    if (value === undefined || value === null) return null;
    if (isRecord(value)) return new FieldReader(value, `${this.prefix}${name}_`, this.bad);
    this.refuse(name);
    return null;
  }

  /** The objects of a list; none when absent. */
  objects(name: string): readonly FieldReader[] {
    const value = this.fields[name];
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every(isRecord)) {
      return value.map((member) => new FieldReader(member, `${this.prefix}${name}_`, this.bad));
    }
    this.refuse(name);
    return [];
  }

  text<F>(name: string, or: F): string | F {
    return this.read(name, (value) => typeof value === 'string' && value !== '' && value.length <= 4096, or);
  }

  texts<F>(name: string, or: F): readonly string[] | F {
    const isTexts = (value: unknown): boolean =>
      Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === 'string');
    return this.read(name, isTexts, or);
  }

  url<F>(name: string, or: F): string | F {
    const isUrl = (value: unknown): boolean =>
      typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
    return this.read(name, isUrl, or);
  }

  flag<F>(name: string, or: F): boolean | F {
    return this.read(name, (value) => typeof value === 'boolean', or);
  }

  integer<F>(name: string, [min, max]: readonly [number, number], or: F): number | F {
    return this.read(name, (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max, or);
  }

  /** A number from 0 to 1. */
  share<F>(name: string, or: F): number | F {
    return this.read(name, (value) => typeof value === 'number' && value >= 0 && value <= 1, or);
  }

  oneOf<T extends string, F>(name: string, words: readonly T[], or: F): T | F {
    return this.read(name, (value) => words.some((word) => word === value), or);
  }

  /** Refuses what is absent. */
  require(name: string): void {
    const value = this.fields[name];
    if (value === undefined || value === null) this.bad.push(`${this.prefix}${name}_required`);
  }

  /** Refuses members that nobody reads: a misspelt one would go unnoticed. */
  only(...names: readonly string[]): void {
    for (const name of Object.keys(this.fields)) if (!names.includes(name)) this.refuse(name);
  }

  /** Refuses a member for a reason of the caller's. */
  refuse(name: string): void {
    this.bad.push(`${this.prefix}${name}_invalid`);
  }

  /** Throws `InvalidRequest` that names everything that was wrong. */
  finish(): void {
    const codes = [...new Set(this.bad)];
    if (codes.length > 0) throw new InvalidRequest(codes, `Not valid: ${codes.join(', ')}`);
  }

  /** Null is the same as absent, so that what control shows can be sent back. */
  private read<T, F>(name: string, test: (value: unknown) => boolean, or: F): T | F {
    const value = this.fields[name];
    if (value === undefined || value === null) return or;
    if (test(value)) return value as T;
    this.refuse(name);
    return or;
  }
}
