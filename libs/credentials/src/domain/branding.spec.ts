import { logoTypeOf } from './branding';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('a logo', () => {
  it.each([
    ['image/png', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13])],
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ])('is %s by its first bytes', (type, content) => {
    expect(logoTypeOf(content)).toBe(type);
  });

  it.each([
    ['nothing', bytes()],
    ['half a signature', bytes('\x89PNG')],
    ['a sound', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
    ['an SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a page', bytes('<!doctype html>')],
    ['a GIF', bytes('GIF89a')],
  ])('is not %s', (_, content) => {
    expect(logoTypeOf(content)).toBeNull();
  });
});
