import { isFramed, isOwnForm, isOwnScript } from './request-origin';

const BASE = 'https://3ds.example/base';

describe('a call of a script', () => {
  it.each([
    [{}],
    [{ origin: 'https://3ds.example' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'https://3ds.example', 'sec-fetch-site': 'same-origin' }],
  ])('is ours with %j', (headers) => {
    expect(isOwnScript(headers, BASE)).toBe(true);
  });

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://3ds.example' }],
    [{ origin: 'https://3ds.example:8443' }],
    [{ origin: 'null' }],
    [{ origin: '' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ 'sec-fetch-site': ['same-origin', 'same-origin'] }],
    [{ origin: 'https://3ds.example', 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ])('is not ours with %j', (headers) => {
    expect(isOwnScript(headers, BASE)).toBe(false);
  });
});

describe('a post of a form', () => {
  it.each([[{}], [{ origin: 'null', 'sec-fetch-site': 'same-origin' }], [{ origin: 'https://3ds.example' }]])(
    'is ours with %j',
    (headers) => {
      expect(isOwnForm(headers, BASE)).toBe(true);
    },
  );

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('is not ours with %j', (headers) => {
    expect(isOwnForm(headers, BASE)).toBe(false);
  });
});

describe('a page in a frame', () => {
  it.each([
    ['iframe', true],
    ['frame', true],
    ['embed', true],
    ['object', true],
    ['document', false],
    [undefined, false],
  ])('asked for as %s: %s', (dest, framed) => {
    expect(isFramed({ 'sec-fetch-dest': dest })).toBe(framed);
  });
});
