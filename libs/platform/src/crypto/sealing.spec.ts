import { newUuidV4, Secret } from '@app/kernel';
import { DecryptionFailed, keyIdOf, openWith, sealWith, type DataKey } from './sealing';

const aKey = (fill: number): DataKey => ({ id: newUuidV4(), key: new Secret(Buffer.alloc(32, fill)) });
const key = aKey(1);
const PLAINTEXT = Buffer.from('4485040371536584');
const sealed = sealWith(key, PLAINTEXT, 'card:1');

describe('a sealed value', () => {
  it('opens under its key and context', () => {
    expect(openWith(key, sealed, 'card:1')).toEqual(PLAINTEXT);
  });

  it('may be empty', () => {
    expect(openWith(key, sealWith(key, Buffer.alloc(0), 'x'), 'x')).toHaveLength(0);
  });

  it('names its key and hides its content', () => {
    expect(keyIdOf(sealed)).toBe(key.id);
    expect(sealed.includes(PLAINTEXT)).toBe(false);
    expect(sealed).toHaveLength(1 + 16 + 12 + PLAINTEXT.length + 16);
  });

  it('is another one every time', () => {
    expect(sealWith(key, PLAINTEXT, 'card:1')).not.toEqual(sealed);
  });

  it('does not open when any byte was altered', () => {
    for (let index = 0; index < sealed.length; index++) {
      const altered = Buffer.from(sealed);
      altered[index] = (altered[index] ?? 0) ^ 1;

      expect(() => openWith(key, altered, 'card:1')).toThrow(DecryptionFailed);
    }
  });

  it('does not open when it was cut or lengthened', () => {
    for (let length = 0; length < sealed.length; length++) {
      expect(() => openWith(key, sealed.subarray(0, length), 'card:1')).toThrow(DecryptionFailed);
    }
    expect(() => openWith(key, Buffer.concat([sealed, Buffer.alloc(1)]), 'card:1')).toThrow(DecryptionFailed);
  });

  it.each(['card:2', '', 'card:1 '])('does not open in the context "%s"', (context) => {
    expect(() => openWith(key, sealed, context)).toThrow(DecryptionFailed);
  });

  it('does not open under another key, not even one of the same name', () => {
    expect(() => openWith(aKey(2), sealed, 'card:1')).toThrow(DecryptionFailed);
    expect(() => openWith({ ...aKey(2), id: key.id }, sealed, 'card:1')).toThrow(DecryptionFailed);
  });

  it('says nothing about why', () => {
    expect(new DecryptionFailed().message).toBe('A sealed value could not be opened');
  });
});
