import { malform, signatureOf } from './webhook-body';

describe('a malformed body', () => {
  it('lacks the opening of data, as real ones did, and reason is where the data begins', () => {
    const whole =
      '{"id":"evt_1","type":"authentication_failed","created_on":"2026-01-01T00:00:00Z","data":{"reason":"Declined","eci":"07"},"_links":{}}';
    const malformed = malform(whole);

    expect(() => JSON.parse(malformed) as unknown).toThrow(SyntaxError);
    // The repair that merchants know: what stands before "reason" gets the wrapper back.
    expect(malformed.replace('\uFFFD', '').replace('"reason"', '"data":{"reason"')).toBe(whole);
  });
});

it('signs with the key as text, in lower-case hexadecimal', () => {
  // As `openssl dgst -sha256 -hmac key` has it.
  expect(signatureOf('{}', 'key')).toBe('a777724d943eb48dc69bca8a4a6d57a04db3f9ec7e1de4e581e860265bdf3032');
});
