import { plainBrowser } from './plain-browser';

const REQUEST = { acceptHeader: 'text/html', userAgent: 'Lynx/2.9', ipAddress: '192.0.2.1' };

describe('a browser without script', () => {
  it('is what its request tells', () => {
    expect(plainBrowser(REQUEST, 'de-CH,de;q=0.9')).toEqual({
      channel: 'browser',
      browser: { ...REQUEST, language: 'de-CH', javascriptEnabled: false },
    });
  });

  it.each([
    ['fr', 'fr'],
    ['pt-BR;q=0.8, en', 'pt-BR'],
    [' ja , en', 'ja'],
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['<script>', 'en'],
    ['zh-Hant-HK-x-private', 'en'],
  ])('that wants %j speaks %s', (acceptLanguage, language) => {
    expect(plainBrowser(REQUEST, acceptLanguage)).toMatchObject({ browser: { language } });
  });
});
