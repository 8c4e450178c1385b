import { isOfDomain, isVouched, verifiedEmail, type ProviderClaims } from './provider-claims';

const claims = (more: Partial<ProviderClaims> = {}): ProviderClaims => ({
  issuer: 'https://login.example.com',
  subject: '248289761001',
  email: 'Ada@Example.com',
  emailVerified: true,
  acr: undefined,
  amr: undefined,
  ...more,
});

describe('an e-mail address of the provider', () => {
  it('counts in its normal form', () => {
    expect(verifiedEmail(claims())).toBe('ada@example.com');
  });

  it.each([false, 'true', 1, null, undefined])('does not count with email_verified %j', (emailVerified) => {
    expect(verifiedEmail(claims({ emailVerified }))).toBeNull();
  });

  it.each([undefined, 5, '', 'ada', ['ada@example.com']])('does not count as %j', (email) => {
    expect(verifiedEmail(claims({ email }))).toBeNull();
  });
});

describe('the domains that may come in', () => {
  it.each([
    ['ada@example.com', null, true],
    ['ada@example.com', ['example.com'], true],
    ['ada@sub.example.com', ['example.com'], false],
    ['ada@example.com.evil.test', ['example.com'], false],
    ['example.com@evil.test', ['example.com'], false],
    ['"ada@example.com"@evil.test', ['example.com'], false],
  ])('%s of %j: %s', (email, domains, expected) => {
    expect(isOfDomain(email, domains)).toBe(expected);
  });
});

describe('a second factor at the provider', () => {
  it.each([
    [{}, false],
    [{ amr: ['pwd'] }, false],
    [{ amr: ['pwd', 'mfa'] }, true],
    [{ amr: 'mfa' }, false],
    [{ amr: [['mfa']] }, false],
    [{ acr: 'mfa' }, true],
    [{ acr: 'urn:example:silver' }, true],
    [{ acr: ['mfa'] }, false],
  ])('%j: %s', (said, expected) => {
    expect(isVouched(claims(said), ['mfa', 'urn:example:silver'])).toBe(expected);
  });
});
