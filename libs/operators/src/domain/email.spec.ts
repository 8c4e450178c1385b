import { isEmail, normalEmail } from './email';

describe('an e-mail address', () => {
  it('is the same however it is written', () => {
    expect(normalEmail('  Ada.Lovelace@EXAMPLE.com\t')).toBe('ada.lovelace@example.com');
    expect(normalEmail('u\u0308@x')).toBe(normalEmail('\u00fc@x'));
  });

  it.each(['a@b', 'ada+console@example.com', 'ünï@exämple.com'])('may be %j', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  it.each([
    '',
    'ada',
    'a@',
    '@b',
    'a b@c',
    'a@b@c',
    '<a@b>',
    'a@b,c@d',
    'a\u0007@b',
    'a\u200b@b',
    `${'a'.repeat(253)}@b`,
  ])('is not %j', (text) => {
    expect(isEmail(text)).toBe(false);
  });
});
