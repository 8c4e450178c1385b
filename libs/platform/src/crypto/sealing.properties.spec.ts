import { newUuidV4, Secret } from '@app/kernel';
import fc from 'fast-check';
import { DecryptionFailed, keyIdOf, openWith, sealWith, type DataKey } from './sealing';

const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength, maxLength }).map((all) => Buffer.from(all));
const anyKey = bytes(32, 32).map((key): DataKey => ({ id: newUuidV4(), key: new Secret(key) }));
const anyContext = fc.string({ maxLength: 80 });

describe('sealing', () => {
  it('is undone by the same key in the same context, for any content', () => {
    fc.assert(
      fc.property(anyKey, bytes(0, 2_000), anyContext, (key, plaintext, context) => {
        const sealed = sealWith(key, plaintext, context);
        expect(openWith(key, sealed, context).equals(plaintext)).toBe(true);
        expect(keyIdOf(sealed)).toBe(key.id);
      }),
    );
  });

  it('never opens in another context', () => {
    fc.assert(
      fc.property(anyKey, bytes(0, 100), anyContext, anyContext, (key, plaintext, context, other) => {
        fc.pre(context !== other);
        expect(() => openWith(key, sealWith(key, plaintext, context), other)).toThrow(DecryptionFailed);
      }),
    );
  });

  it('never opens when anything was altered, cut or added', () => {
    fc.assert(
      fc.property(anyKey, bytes(0, 100), fc.nat(), fc.integer({ min: 1, max: 255 }), (key, plaintext, place, by) => {
        const sealed = sealWith(key, plaintext, 'x');
        const altered = Buffer.from(sealed);
        const at = place % sealed.length;
        altered[at] = (altered[at] ?? 0) ^ by;
        for (const wrong of [
          altered,
          sealed.subarray(0, at),
          Buffer.concat([sealed, sealed.subarray(0, 1 + (at % 20))]),
        ])
          expect(() => openWith(key, wrong, 'x')).toThrow(DecryptionFailed);
      }),
    );
  });

  it('opens nothing that it did not make, and fails in one way only', () => {
    fc.assert(
      fc.property(anyKey, bytes(0, 120), anyContext, (key, noise, context) => {
        const named = Buffer.concat([Buffer.of(1), Buffer.from(key.id.replaceAll('-', ''), 'hex'), noise]);
        for (const wrong of [noise, named]) expect(() => openWith(key, wrong, context)).toThrow(DecryptionFailed);
      }),
    );
  });

  it('never gives the same ciphertext twice', () => {
    fc.assert(
      fc.property(anyKey, bytes(0, 40), (key, plaintext) => {
        const [one, other] = [sealWith(key, plaintext, 'x'), sealWith(key, plaintext, 'x')];
        expect(one.subarray(17, 29).equals(other.subarray(17, 29))).toBe(false);
        expect(one.equals(other)).toBe(false);
      }),
    );
  });
});
