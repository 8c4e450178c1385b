import { newUuidV4, Secret } from '@app/kernel';
import type { Kek } from '../config/app-config';
import { CryptoBox } from './crypto-box';
import { DecryptionFailed, keyIdOf } from './sealing';

const aKek = (fill: number): Kek => ({ id: newUuidV4(), key: new Secret(Buffer.alloc(32, fill)) });
const oldKek = aKek(1);
const newKek = aKek(2);
const before = new CryptoBox({ keks: [oldKek] });
const after = new CryptoBox({ keks: [newKek, oldKek] });

describe('the crypto box', () => {
  it('seals under the first key', () => {
    expect(after.currentKeyId).toBe(newKek.id);
    expect(keyIdOf(after.seal(Buffer.from('x'), 'c'))).toBe(newKek.id);
  });

  it('still opens after a rotation what it sealed before', () => {
    expect(after.open(before.seal(Buffer.from('x'), 'c'), 'c')).toEqual(Buffer.from('x'));
  });

  it('does not open what a key sealed that is no longer configured', () => {
    const sealed = before.seal(Buffer.from('x'), 'c');

    expect(() => new CryptoBox({ keks: [newKek] }).open(sealed, 'c')).toThrow(DecryptionFailed);
  });

  it('does not open what is no sealed value at all', () => {
    expect(() => after.open(Buffer.alloc(0), 'c')).toThrow(DecryptionFailed);
    expect(() => after.open(Buffer.from('short'), 'c')).toThrow(DecryptionFailed);
  });

  it('knows its own proofs, and those from before a rotation while the former key is there', () => {
    const former = before.prove('result', 'a');

    expect(former).toHaveLength(32);
    expect(before.proves('result', 'a', former)).toBe(true);
    expect(after.proves('result', 'a', former)).toBe(true);
    expect(after.prove('result', 'a')).not.toEqual(former);
    expect(new CryptoBox({ keks: [newKek] }).proves('result', 'a', after.prove('result', 'a'))).toBe(true);
    expect(new CryptoBox({ keks: [newKek] }).proves('result', 'a', former)).toBe(false);
  });

  it('takes no proof of something else, cut or altered', () => {
    const proof = after.prove('result', 'a');
    const altered = Buffer.from(proof);
    altered[31] = (altered[31] ?? 0) ^ 1;

    expect(after.proves('result', 'b', proof)).toBe(false);
    expect(after.proves('other', 'a', proof)).toBe(false);
    for (const bad of [altered, proof.subarray(0, 31), Buffer.concat([proof, proof]), Buffer.alloc(0)]) {
      expect(after.proves('result', 'a', bad)).toBe(false);
    }
  });

  it('does not start without a key', () => {
    expect(() => new CryptoBox({ keks: [] })).toThrow('No key encryption key');
  });
});
