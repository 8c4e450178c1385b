import { qrCode } from './qr-code';

const digestOf = async (text: string): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

const rowsOf = (text: string): string[] =>
  qrCode(text).map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''));

/** As another encoder makes it (npm qrcode 1.5, byte mode, level M). */
const HELLO = [
  '#######.##..#.#######',
  '#.....#....#..#.....#',
  '#.###.#..#.#..#.###.#',
  '#.###.#.#..#..#.###.#',
  '#.###.#.###.#.#.###.#',
  '#.....#.#..#..#.....#',
  '#######.#.#.#.#######',
  '........#..##........',
  '#...#.######.#####..#',
  '...#....#.###....####',
  '..######..##.##.#..#.',
  '#####...##...#.......',
  '#####.#.#.#.#.##..##.',
  '........#.#.####.#.##',
  '#######.###.#.#.##.#.',
  '#.....#..#.###.##..##',
  '#.###.#.##.#.##...##.',
  '#.###.#..#..#...##.##',
  '#.###.#..###...###...',
  '#.....#....#.#.......',
  '#######.#########.#.#',
];

describe('a QR code', () => {
  it('is the one that others make of the same text', () => {
    expect(rowsOf('HELLO WORLD')).toEqual(HELLO);
  });

  it.each([
    [
      'otpauth://totp/Countersign:grace%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Countersign',
      41,
      '8a3aaa7af70c4685031c836ddb7cf465b35e0f94dc1cd80e5d38e78e266abb53',
    ],
    ['k'.repeat(205), 57, 'ed2e1d758467f36e2c6ab653281ddd39cdc066ace192778205f5fa2ad64a1150'],
    ['k'.repeat(90), 41, '6b9c8f1debcb1388d2eade66889239a8e137473c3be8127a9c5edd5fef77a231'],
  ])('of %j too', async (text, size, digest) => {
    const rows = rowsOf(text);

    expect(rows).toHaveLength(size);
    expect(await digestOf(rows.join('\n'))).toBe(digest);
  });

  it('is not made of more than it holds', () => {
    expect(() => qrCode('k'.repeat(214))).toThrow(RangeError);
  });
});
