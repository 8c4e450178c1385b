import fc from 'fast-check';
import { decodeId, encodeId, ID_PREFIXES, isUuid, newUuidV4, newUuidV7, uuidV7Floor, type IdKind } from './ids';

const KINDS = Object.keys(ID_PREFIXES) as IdKind[];
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const anyKind = fc.constantFrom(...KINDS);
const anyUuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
);
const LAST_MS = 2 ** 48 - 1;
const anyTime = fc.integer({ min: 0, max: LAST_MS }).map((ms) => new Date(ms));
const anyBody = fc.array(fc.constantFrom(...ALPHABET), { minLength: 26, maxLength: 26 }).map((chars) => chars.join(''));

describe('an id on the wire', () => {
  it('leads back to its UUID', () => {
    fc.assert(fc.property(anyKind, anyUuid, (kind, uuid) => expect(decodeId(kind, encodeId(kind, uuid))).toBe(uuid)));
  });

  it('has the form that the contract promises', () => {
    fc.assert(
      fc.property(anyKind, anyUuid, (kind, uuid) => {
        expect(encodeId(kind, uuid)).toMatch(new RegExp(`^${ID_PREFIXES[kind]}_[a-z2-7]{26}$`));
      }),
    );
  });

  it('sorts as the UUID does only within one kind, and is none of another kind', () => {
    fc.assert(
      fc.property(anyKind, anyKind, anyUuid, (kind, other, uuid) => {
        fc.pre(kind !== other);
        expect(decodeId(other, encodeId(kind, uuid))).toBeNull();
      }),
    );
  });

  it('is the only text for its UUID', () => {
    fc.assert(
      fc.property(anyKind, anyBody, (kind, body) => {
        const text = `${ID_PREFIXES[kind]}_${body}`;
        const uuid = decodeId(kind, text);
        if (uuid !== null) expect(encodeId(kind, uuid)).toBe(text);
        // 26 characters hold two bits more than a UUID: they must be zero.
        else expect(ALPHABET.indexOf(body.at(-1) ?? '') % 4).not.toBe(0);
      }),
    );
  });

  it('is refused, never thrown at, when it is any other text', () => {
    const near = fc
      .tuple(anyKind, anyUuid, fc.nat(40), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))
      .map(([kind, uuid, at, piece]) => {
        const text = encodeId(kind, uuid);
        return { kind, text: text.slice(0, at) + piece + text.slice(at + piece.length) };
      });
    const far = fc.record({ kind: anyKind, text: fc.string({ unit: 'binary', maxLength: 60 }) });
    fc.assert(
      fc.property(fc.oneof(near, far), ({ kind, text }) => {
        const uuid = decodeId(kind, text);
        if (uuid !== null) expect([isUuid(uuid), encodeId(kind, uuid)]).toEqual([true, text]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '',
    'sid_',
    'sid_aaaaaaaaaaaaaaaaaaaaaaaaa',
    'sid_aaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'SID_aaaaaaaaaaaaaaaaaaaaaaaaaa',
    'sid_AAAAAAAAAAAAAAAAAAAAAAAAAA',
    'sid_aaaaaaaaaaaaaaaaaaaaaaaaa1',
    'sid_aaaaaaaaaaaaaaaaaaaaaaaaab',
    'sid_aaaaaaaaaaaaaaaaaaaaaaaaa\u0131',
    ' sid_aaaaaaaaaaaaaaaaaaaaaaaaaa',
  ])('%j is none', (text) => {
    expect(decodeId('session', text)).toBeNull();
  });
});

describe('a UUIDv7', () => {
  it('sorts by its instant', () => {
    fc.assert(
      fc.property(anyTime, anyTime, (one, other) => {
        const [first, second] = [newUuidV7(one), newUuidV7(other)];
        if (one < other) expect(first < second).toBe(true);
      }),
    );
  });

  it('is what RFC 9562 says, and not below the floor of its instant', () => {
    fc.assert(
      fc.property(anyTime, (at) => {
        const uuid = newUuidV7(at);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(uuid >= uuidV7Floor(at)).toBe(true);
        // The last instant that the 48 bits hold has none after it.
        if (at.getTime() < LAST_MS) expect(uuid < uuidV7Floor(new Date(at.getTime() + 1))).toBe(true);
      }),
      { examples: [[new Date(0)], [new Date(LAST_MS)]] },
    );
  });

  it('is another one each time', () => {
    const at = new Date('2026-08-03T10:00:00Z');
    expect(new Set(Array.from({ length: 10_000 }, () => newUuidV7(at))).size).toBe(10_000);
  });
});

describe('a UUIDv4', () => {
  it('is what RFC 9562 says, another one each time', () => {
    const made = Array.from({ length: 10_000 }, () => newUuidV4());

    expect(new Set(made).size).toBe(10_000);
    for (const uuid of made)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
