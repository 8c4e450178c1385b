import { cardFieldsHeaders, renderCardFields } from './card-fields.page';

const BASE = { baseUrl: 'https://3ds.example' };
const policyOf = (frameAncestors: readonly string[] | 'any'): string =>
  cardFieldsHeaders(BASE, { nonce: 'bm9uY2U', frameAncestors })['content-security-policy'] ?? '';

describe('the page of card fields', () => {
  it('runs our script and our style, and nothing else', () => {
    const page = renderCardFields({ script: '/hosted/assets/fields-0123456789abcdef.js', styles: 'main{}' }, 'bm9uY2U');

    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('<script nonce="bm9uY2U" src="/hosted/assets/fields-0123456789abcdef.js">');
    expect(policyOf('any')).toContain(`default-src 'none'; script-src 'nonce-bm9uY2U'; style-src 'nonce-bm9uY2U'`);
    expect(policyOf('any')).toContain(`form-action 'none'`);
  });

  it('stands where its key may be used: anywhere, or on the pages that it names', () => {
    expect(policyOf('any')).toMatch(/frame-ancestors \*$/);
    expect(policyOf(['https://shop.example'])).toMatch(/frame-ancestors https:\/\/shop\.example$/);
  });

  it('is kept by nobody and tells nobody where it was', () => {
    expect(cardFieldsHeaders(BASE, { nonce: 'x', frameAncestors: 'any' })).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
});
