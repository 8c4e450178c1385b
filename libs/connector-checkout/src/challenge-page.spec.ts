import { NEUTRAL_PAGE, relayPage } from './challenge-page';

const CRES = 'eyJtZXNzYWdlVHlwZSI6IkNSZXMifQ';
const posted = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);

describe('the page for a browser that comes back', () => {
  it('takes what the issuer posted on to the merchant, and nothing else', () => {
    const { html } = relayPage(
      'https://shop.example/3ds?order=1&x=2',
      posted({ cres: CRES, threeDSSessionData: 'c2lk', evil: '1' }),
    );

    expect(html).toContain('action="https://shop.example/3ds?order=1&amp;x=2"');
    expect(html).toContain(`name="cres" value="${CRES}"`);
    expect(html).toContain('name="threeDSSessionData" value="c2lk"');
    expect(html).not.toContain('evil');
    expect(html).toContain('<noscript><button type="submit">');
  });

  it('runs one script and posts to one place, which may send the browser on', () => {
    const { policy } = relayPage('https://shop.example:8443/3ds', posted({ cres: CRES }));

    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action https:\/\/shop\.example:8443 https:; frame-ancestors \*$/,
    );
  });

  it('cannot be broken out of', () => {
    const { html } = relayPage(
      `https://shop.example/?a="><script>alert(1)</script>`,
      posted({ cres: `"><img src=x onerror='alert(1)'>` }),
    );

    expect(html).not.toContain('<img');
    expect(html.match(/<script>/g)).toHaveLength(1);
  });

  it.each(['javascript:alert(1)', 'not an address', 'data:text/html,x'])('goes nowhere with %s', (url) => {
    expect(relayPage(url, posted({ cres: CRES }))).toBe(NEUTRAL_PAGE);
  });

  it('leaves out what is far too long', () => {
    expect(relayPage('https://shop.example/', posted({ cres: 'x'.repeat(100_000) })).html).not.toContain('name="cres"');
  });

  it('tells the page around it where the merchant has no address', () => {
    expect(NEUTRAL_PAGE.html).toContain('countersign:challenge-returned');
    expect(NEUTRAL_PAGE.policy).toContain(`form-action 'none'`);
  });
});
