import fc from 'fast-check';
import { canonicalRequest, jitterOf, keyOf } from './request-key';

const ACCOUNT = '018f0000-0000-7000-8000-000000000001';
const anyScopes = fc.array(fc.stringMatching(/^[a-z:]{1,12}$/), { maxLength: 5 });

describe('the key of a request', () => {
  it('does not depend on the order of scopes, nor on one named twice', () => {
    fc.assert(
      fc.property(anyScopes, fc.option(fc.webUrl(), { nil: undefined }), (scopes, audience) => {
        const request = { accountId: ACCOUNT, scopes, ...(audience === undefined ? {} : { audience }) };
        const other = { ...request, scopes: [...scopes, ...scopes].reverse() };
        expect(canonicalRequest(other)).toBe(canonicalRequest(request));
      }),
    );
  });

  it('differs with account, scopes and audience', () => {
    const all = [
      { accountId: ACCOUNT, scopes: [] },
      { accountId: ACCOUNT, scopes: ['a'] },
      { accountId: ACCOUNT, scopes: ['b'] },
      { accountId: ACCOUNT, scopes: ['a', 'b'] },
      { accountId: ACCOUNT, scopes: ['a'], audience: 'b' },
      { accountId: ACCOUNT, scopes: ['a'], audience: '' },
      { accountId: ACCOUNT.replace(/1$/, '2'), scopes: ['a'] },
    ];

    expect(new Set(all.map((request) => keyOf(canonicalRequest(request))))).toHaveProperty('size', all.length);
  });

  it('is a SHA-256 in hex', () => {
    expect(keyOf('a')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('jitter', () => {
  it('is the same for the same fetch, from 0 up to 1, and spread', () => {
    const values = Array.from({ length: 1_000 }, (_, sequence) => jitterOf('k', sequence));

    expect(values).toEqual(Array.from({ length: 1_000 }, (_, sequence) => jitterOf('k', sequence)));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      expect(values.filter((value) => Math.floor(value * 10) === tenth).length).toBeGreaterThan(50);
    }
  });
});
