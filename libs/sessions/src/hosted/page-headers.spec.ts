import { commonHeaders, pageHeaders, type PageRights } from './page-headers';

const LIVE = { baseUrl: 'https://3ds.example', demo: false };
const DEMO = { baseUrl: 'http://localhost:4000', demo: true };
const RIGHTS: PageRights = { nonce: 'bm9uY2U', acts: true, frameAncestors: [] };

const policy = (surroundings = LIVE, rights: Partial<PageRights> = {}): Record<string, string> => {
  const text = pageHeaders(surroundings, { ...RIGHTS, ...rights })['content-security-policy'] ?? '';
  return Object.fromEntries(
    text.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
};

describe('the headers of a cardholder’s page', () => {
  it('keep it out of caches, referrers and search engines', () => {
    expect(commonHeaders(LIVE)).toEqual({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'strict-transport-security': 'max-age=31536000',
    });
    expect(pageHeaders(LIVE, RIGHTS)).toMatchObject(commonHeaders(LIVE));
  });

  it('ask for no TLS where there is none', () => {
    expect(commonHeaders(DEMO)).not.toHaveProperty('strict-transport-security');
  });

  it('let the one script run, and frames and forms lead to issuers', () => {
    expect(policy()).toEqual({
      'default-src': `'none'`,
      'script-src': `'nonce-bm9uY2U'`,
      'style-src': `'nonce-bm9uY2U'`,
      'img-src': `'self' data:`,
      'connect-src': `'self'`,
      'frame-src': `'self' https:`,
      'form-action': `'self' https:`,
      'base-uri': `'none'`,
      'frame-ancestors': `'none'`,
    });
  });

  it('take issuers without TLS in demo mode only', () => {
    expect(policy(DEMO)).toMatchObject({ 'frame-src': `'self' https: http:`, 'form-action': `'self' https: http:` });
  });

  it('let a notice do nothing', () => {
    expect(policy(LIVE, { acts: false })).toEqual({
      'default-src': `'none'`,
      'style-src': `'nonce-bm9uY2U'`,
      'form-action': `'none'`,
      'base-uri': `'none'`,
      'frame-ancestors': `'none'`,
    });
  });
});

describe('who may frame a cardholder’s page', () => {
  it('is nobody unless the channel says so', () => {
    expect(policy()['frame-ancestors']).toBe(`'none'`);
    expect(pageHeaders(LIVE, RIGHTS)['x-frame-options']).toBe('DENY');
  });

  it('is anybody for what names nobody', () => {
    expect(policy(LIVE, { frameAncestors: 'any' })['frame-ancestors']).toBe('*');
    expect(pageHeaders(LIVE, { ...RIGHTS, frameAncestors: 'any' })).not.toHaveProperty('x-frame-options');
  });

  it('is whom the channel names', () => {
    const frameAncestors = ['https://shop.example', 'http://localhost:8080', 'https://[2001:db8::1]:8443'];

    expect(policy(LIVE, { frameAncestors })['frame-ancestors']).toBe(frameAncestors.join(' '));
    expect(pageHeaders(LIVE, { ...RIGHTS, frameAncestors })).not.toHaveProperty('x-frame-options');
  });

  it.each([
    '*',
    'https:',
    `https://a.example; script-src *`,
    'https://a.example\r\nX: y',
    'https://a.example/path',
    `'self'`,
  ])('is never %j', (origin) => {
    expect(policy(LIVE, { frameAncestors: [origin] })).toEqual(policy());
  });
});
