import { choosePageLanguage } from './language';

const chosen = (...wish: Parameters<typeof choosePageLanguage>): string => {
  const { locale, tag, dir } = choosePageLanguage(...wish);
  return `${locale} ${tag} ${dir}`;
};

describe('the language of a page', () => {
  it.each([
    ['de', 'de de ltr'],
    ['de-CH', 'de de-CH ltr'],
    ['DE-ch', 'de de-CH ltr'],
    ['ar-EG,ar;q=0.9', 'ar ar-EG rtl'],
    ['es-419', 'es es-419 ltr'],
    ['pt-BR, en;q=0.5', 'pt pt-BR ltr'],
    ['zh-CN, nl;q=0.8, fr;q=0.9', 'fr fr ltr'],
    ['fr;q=0, it', 'it it ltr'],
    ['sr-Latn-RS, pl-Latn-PL', 'pl pl-PL ltr'],
    ['ar-SA-u-ca-islamic-nu-latn', 'ar ar-SA rtl'],
    ['en-GB-oxendict', 'en en-GB ltr'],
  ])('of a browser that wants %s is %s', (acceptLanguage, expected) => {
    expect(chosen(acceptLanguage)).toBe(expected);
  });

  it.each([undefined, '', '*', 'zh', 'x-klingon', '<script>', ';;;,,,q=', 'de;q=0', 'german'])(
    'is the channel’s where the browser wants none of ours: %j',
    (acceptLanguage) => {
      expect(chosen(acceptLanguage, 'ja')).toBe('ja ja ltr');
      expect(chosen(acceptLanguage)).toBe('en en ltr');
    },
  );

  it('is not looked for in a list without end', () => {
    expect(chosen(`${'zh,'.repeat(50)}de`)).toBe('en en ltr');
  });
});
