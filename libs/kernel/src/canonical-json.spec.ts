import fc from 'fast-check';
import { canonicalJson } from './canonical-json';

/** The same value with the members of every object in another order. */
function shuffled(value: unknown, turn: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, turn));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, shuffled(member, turn + 1)] as const);
  const at = entries.length === 0 ? 0 : turn % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse());
}

const anyJson = fc.jsonValue({ maxDepth: 4 });

describe('canonical JSON', () => {
  it('is JSON for the same value', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(anyJson, fc.nat(7), (value, turn) => {
        expect(canonicalJson(shuffled(value, turn))).toBe(canonicalJson(value));
      }),
    );
  });

  it('tells different values apart', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (one, other) => {
        const equal = JSON.stringify(shuffled(one, 0)) === JSON.stringify(shuffled(other, 0));
        if (canonicalJson(one) === canonicalJson(other))
          expect(JSON.parse(canonicalJson(one))).toEqual(JSON.parse(JSON.stringify(other)));
        else expect(equal).toBe(false);
      }),
    );
  });

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('keeps the order of arrays and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [2, 1], a: undefined, A: null })).toBe('{"A":null,"b":[2,1]}');
  });

  it('is whole for names that are special to objects', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1,"constructor":2}'))).toBe('{"__proto__":1,"constructor":2}');
  });
});
