import { createHmac } from 'node:crypto';
import { Pan, Secret } from '@app/kernel';
import { fingerprintOf } from './fingerprint';

const visa = Pan.fromTrusted('4242424242424242');
const keyOf = (byte: number): Secret<Buffer> => new Secret(Buffer.alloc(32, byte));

describe('a card fingerprint', () => {
  it('is the first 130 bits of the keyed hash in base32', () => {
    const digest = createHmac('sha256', Buffer.alloc(32, 1)).update('4242424242424242').digest();
    const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const expected = Array.from({ length: 26 }, (_, index) =>
      'abcdefghijklmnopqrstuvwxyz234567'.charAt(parseInt(bits.slice(index * 5, index * 5 + 5), 2)),
    ).join('');

    expect(fingerprintOf(keyOf(1), visa)).toBe(expected);
  });

  it('differs between merchants and between numbers', () => {
    const texts = [
      fingerprintOf(keyOf(1), visa),
      fingerprintOf(keyOf(2), visa),
      fingerprintOf(keyOf(1), Pan.fromTrusted('5436031030606378')),
    ];

    expect(new Set(texts).size).toBe(3);
  });
});
