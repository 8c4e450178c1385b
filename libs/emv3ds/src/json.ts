/**
 * A strict JSON reader (RFC 8259) that also reports members that occur twice in one object, which JSON.parse keeps
 * silent about (emv-3ds.md section 4.2). Depth is limited, so hostile nesting cannot exhaust the stack.
 */

/** The text is not JSON, or nests deeper than any message does. */
export class JsonSyntaxError extends Error {
  constructor(
    readonly reason: string,
    readonly position: number,
  ) {
    super(`${reason} at ${position}`);
    this.name = 'JsonSyntaxError';
  }
}

/** The value, and the paths of members that occur more than once, `parent.child`, without array positions. */
export interface JsonDocument {
  value: unknown;
  duplicates: readonly string[];
}

/** No message of the specification nests deeper than six; extensions may be free-form. */
const MAX_DEPTH = 32;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const LITERALS: ReadonlyArray<readonly [text: string, value: unknown]> = [
  ['true', true],
  ['false', false],
  ['null', null],
];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * Reads one JSON text. A member named `__proto__` is dropped: no message has it, and as an assignment it would change
 * the object instead of its content. Throws `JsonSyntaxError`.
 */
export function readJson(text: string): JsonDocument {
  const reader = new Reader(text);
  return { value: reader.document(), duplicates: [...reader.duplicates] };
}

class Reader {
  readonly duplicates = new Set<string>();
  private position = 0;

  constructor(private readonly text: string) {}

  document(): unknown {
    const value = this.value(0, '');
    this.skipSpace();
    if (this.position < this.text.length) this.fail('unexpected text after the value');
    return value;
  }

  private value(depth: number, path: string): unknown {
    this.skipSpace();
    if (depth > MAX_DEPTH) this.fail('too deeply nested');
    const code = this.text.charCodeAt(this.position);
    if (code === QUOTE) return this.string();
    if (code === 0x7b) return this.object(depth, path);
    if (code === 0x5b) return this.array(depth, path);
    return this.scalar();
  }

  private object(depth: number, path: string): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.position++;
    if (this.closes(0x7d)) return object;
    for (;;) {
      this.skipSpace();
      if (this.text.charCodeAt(this.position) !== QUOTE) this.fail('expected a member name');
      const name = this.string();
      this.skipSpace();
      if (this.text.charCodeAt(this.position++) !== COLON) this.fail('expected a colon');
      const memberPath = path === '' ? name : `${path}.${name}`;
      if (Object.hasOwn(object, name)) this.duplicates.add(memberPath);
      const value = this.value(depth + 1, memberPath);
      if (name !== '__proto__') object[name] = value;
      if (this.closes(0x7d)) return object;
      if (this.text.charCodeAt(this.position++) !== COMMA) this.fail('expected a comma or the end of the object');
    }
  }

  private array(depth: number, path: string): unknown[] {
    const array: unknown[] = [];
    this.position++;
    if (this.closes(0x5d)) return array;
    for (;;) {
      array.push(this.value(depth + 1, path));
      if (this.closes(0x5d)) return array;
      if (this.text.charCodeAt(this.position++) !== COMMA) this.fail('expected a comma or the end of the array');
    }
  }

  private string(): string {
    const start = ++this.position;
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code === QUOTE) return this.text.slice(start, this.position++);
      if (code === BACKSLASH) return this.text.slice(start, this.position) + this.escaped();
      // charCodeAt past the end is NaN, which fails this comparison as well.
      if (!(code >= 0x20)) this.fail('unterminated string or control character');
      this.position++;
    }
  }

  /** The rest of a string from its first escape on. */
  private escaped(): string {
    let value = '';
    let start = this.position;
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code === QUOTE) return value + this.text.slice(start, this.position++);
      if (!(code >= 0x20)) this.fail('unterminated string or control character');
      if (code === BACKSLASH) {
        value += this.text.slice(start, this.position) + this.escape();
        start = this.position;
      } else {
        this.position++;
      }
    }
  }

  private escape(): string {
    const letter = this.text.charAt(this.position + 1);
    if (letter === 'u') {
      const hex = this.text.slice(this.position + 2, this.position + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail('bad unicode escape');
      this.position += 6;
      return String.fromCharCode(parseInt(hex, 16));
    }
    const character = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (character === undefined) this.fail('bad escape');
    this.position += 2;
    return character;
  }

  private scalar(): unknown {
    for (const [literal, value] of LITERALS) {
      if (this.text.startsWith(literal, this.position)) {
        this.position += literal.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.position;
    const number = NUMBER.exec(this.text);
    if (number === null) this.fail('expected a value');
    this.position += number[0].length;
    return Number(number[0]);
  }

  /** Skips white space and, when the bracket `code` is next, takes it. */
  private closes(code: number): boolean {
    this.skipSpace();
    if (this.text.charCodeAt(this.position) !== code) return false;
    this.position++;
    return true;
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.position++;
    }
  }

  private fail(reason: string): never {
    throw new JsonSyntaxError(reason, this.position);
  }
}
