import * as fc from 'fast-check';
import { JsonSyntaxError, readJson } from './json';

const accepts = (text: string): boolean => {
  try {
    readJson(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(JsonSyntaxError);
    return false;
  }
};
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return !(error instanceof Error);
  }
};

describe('readJson', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
        const layout = JSON.stringify(JSON.parse(text), null, indent);
        // A member of this name is dropped on purpose.
        fc.pre(!layout.includes('__proto__'));

        expect(readJson(layout).value).toEqual(JSON.parse(layout));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '1',
      '-',
      '0',
      '.',
      'e',
      'true',
      'nul',
      ' ',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 8 }), (parts) => {
        const text = parts.join('');

        expect(accepts(text)).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['"\\u00e9\\n\\/"', '"\\ud83d\\ude00"', '-0.5e+10', ' [ ] ', '{ "a" : { } }', '"é😀"'])(
    'reads %s',
    (text) => {
      expect(readJson(text).value).toEqual(JSON.parse(text));
    },
  );

  it.each(['01', '1.', '+1', 'NaN', "'a'", '{a:1}', '[1,]', '"\\x"', '"\\u12g4"', '"\t"', '"\\', '{"a"', '', '1 2'])(
    'refuses %j',
    (text) => {
      expect(accepts(text)).toBe(false);
    },
  );

  it('reports members that occur twice, with their path', () => {
    const { duplicates, value } = readJson('{"a":1,"b":[{"c":1,"c":2},{"c":3}],"a":2,"\\u0061":3,"d":{"a":1}}');

    expect(duplicates).toEqual(['b.c', 'a']);
    expect(value).toMatchObject({ a: 3, d: { a: 1 } });
  });

  it('does not take inherited names for duplicates', () => {
    expect(readJson('{"constructor":1,"toString":2,"hasOwnProperty":3}').duplicates).toEqual([]);
  });

  it('drops a member named __proto__ and leaves the prototype alone', () => {
    const value = readJson('{"__proto__":{"x":1},"a":{"__proto__":null}}').value as { a: object };

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(value.a)).toBe(Object.prototype);
    expect(value).toEqual({ a: {} });
  });

  it('limits depth', () => {
    expect(accepts('['.repeat(32) + ']'.repeat(32))).toBe(true);
    expect(accepts('['.repeat(40) + ']'.repeat(40))).toBe(false);
  });
});
