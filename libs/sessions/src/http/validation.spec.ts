import { check, cleanJson, objectBody } from '@app/platform';
import fc from 'fast-check';
import { BrowserDataDto } from './channel-data.dto';
import { CreateSessionDto } from './create-session.dto';

const UNSAFE = ['__proto__', 'constructor', 'prototype'];
const anyText = fc.string({ unit: 'binary', maxLength: 20 });
/** JSON as it may come: any names, halves of surrogate pairs and NUL included. */
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true }),
      anyText,
      fc.constantFrom('\ud800', 'a\u0000b'),
    ),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.oneof(anyText, fc.constantFrom(...UNSAFE)), tie('value')), { maxLength: 5 })
      .map(
        (entries) =>
          JSON.parse(
            `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
          ) as unknown,
      ),
  ),
})).value;

function everything(value: unknown, visit: (value: unknown, name?: string) => void): void {
  visit(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) visit(member, name);
    everything(member, visit);
  }
}

const attempt = (value: unknown): { value: unknown } | 'refused' => {
  try {
    return { value: cleanJson(value) };
  } catch (error) {
    expect(error).toMatchObject({ kind: 'malformed' });
    return 'refused';
  }
};

describe('cleaned JSON', () => {
  it('holds nothing that changes objects, no null member, no NUL and no half of a pair', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const result = attempt(value);
        if (result === 'refused') return;
        everything(result.value, (each, name) => {
          if (name !== undefined) expect([UNSAFE.includes(name), each === null]).toEqual([false, false]);
          if (typeof each === 'string') expect([each.isWellFormed(), each.includes('\0')]).toEqual([true, false]);
          if (typeof each === 'object' && each !== null)
            expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(each));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('is refused exactly where a text has a NUL', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        let hasNul = false;
        everything(value, (each) => (hasNul ||= typeof each === 'string' && each.includes('\0')));
        // What stands below a name that is dropped is not looked at.
        if (!hasNul) expect(attempt(value)).not.toBe('refused');
      }),
      { numRuns: 500 },
    );
  });

  it('is clean', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const result = attempt(value);
        if (result !== 'refused') expect(attempt(result.value)).toEqual(result);
      }),
    );
  });

  it('never touches what it was given, nor any prototype', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const before = JSON.stringify(value);
        attempt(value);
        expect(JSON.stringify(value)).toBe(before);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });

  it.each([
    ['nested too deeply', JSON.parse(`${'['.repeat(13)}1${']'.repeat(13)}`)],
    ['holding too many values', Array.from({ length: 10_000 }, () => 0)],
  ])('is refused when %s', (_why, value) => {
    expect(attempt(value)).toBe('refused');
  });

  it('may be as deep and as large as that', () => {
    expect(attempt(JSON.parse(`${'['.repeat(12)}1${']'.repeat(12)}`))).not.toBe('refused');
    expect(attempt(Array.from({ length: 9_999 }, () => 0))).not.toBe('refused');
  });
});

describe('a body', () => {
  it('is an object or refused', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        if (!isObject) expect(() => objectBody(value)).toThrow(expect.objectContaining({ kind: 'malformed' }) as Error);
      }),
    );
  });
});

describe('checking', () => {
  it('judges any JSON without throwing, and keeps no member that it has no rule for', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom(CreateSessionDto, BrowserDataDto), (value, type) => {
        fc.pre(typeof value === 'object' && value !== null && !Array.isArray(value));
        const cleaned = attempt(value);
        if (cleaned === 'refused') return;
        const codes: string[] = [];
        const dto = check<object>(type, { ...(cleaned.value as object), nobody_asked: { for: ['this'] } }, [], codes);
        expect(Object.keys(dto)).not.toContain('nobody_asked');
        expect(codes.every((code) => /^[a-z0-9_]+$/.test(code))).toBe(true);
      }),
    );
  });

  it('is quick about what nobody asked for', () => {
    const many = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`m${index}`, { a: [index] }]));

    const before = process.threadCpuUsage();
    check(CreateSessionDto, { ...many, account_info: many, shipping_address: many }, [], []);

    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(50);
  });

  it('refuses a value of the wrong kind whatever it holds', () => {
    const codes: string[] = [];

    check(
      CreateSessionDto,
      {
        currency: { EUR: 1 },
        source: {},
        completion: {},
        reference: ['x'],
        preferred_experiences: Array(60).fill('3ds'),
      },
      [],
      codes,
    );

    expect(codes.sort()).toEqual(['currency_invalid', 'preferred_experiences_invalid', 'reference_invalid']);
  });
});
