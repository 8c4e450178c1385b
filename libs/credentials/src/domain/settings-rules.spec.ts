import { InvalidSettings } from '../credentials.errors';
import { settingProblems } from './settings-rules';

const broken = (settings: object): string[] => settingProblems(settings).map(({ setting }) => setting);

describe('the rules of settings', () => {
  it('accept what the limits include', () => {
    expect(
      broken({
        name: 'x'.repeat(100),
        environment: 'live',
        connectors: ['emv3ds', 'checkout'],
        preferredSchemes: [],
        sessionMinutes: 5,
        cardRetentionMinutes: 1440,
        acquirerBin: '12345678901',
        mcc: '0742',
        countryCode: '040',
        requestorUrl: 'https://shop.example/x?y=1',
        scopes: ['sessions'],
        tokenTtlSeconds: 1,
        allowedOrigins: ['https://shop.example', 'http://localhost:3000', 'https://xn--bcher-kva.example'],
      }),
    ).toEqual([]);
  });

  it.each([
    { name: '' },
    { name: ' padded' },
    { name: '\u200b\u200b' },
    { name: 'two\nlines' },
    { name: 'turned \u202earound' },
    { merchantName: '\u2060' },
    { requestorName: '\u2060' },
    { environment: 'sandbox' },
    { connectors: [] },
    { connectors: ['emv3ds', 'emv3ds'] },
    { preferredSchemes: ['visa', 'maestro'] },
    { sessionMinutes: 4 },
    { sessionMinutes: 30.5 },
    { cardRetentionMinutes: 1441 },
    { autoComplete: 'yes' },
    { acquirerBin: '123456789012' },
    { acquirerMerchantId: 'x'.repeat(36) },
    { mcc: '58A2' },
    { countryCode: '999' },
    { merchantName: 'x'.repeat(41) },
    { requestorUrl: 'ftp://shop.example' },
    { scopes: ['gateway'] },
    { tokenTtlSeconds: 0 },
    { tokenTtlSeconds: 86_401 },
    { allowedOrigins: ['shop.example'] },
    { allowedOrigins: ['https://shop.example/'] },
    { allowedOrigins: ['https://Shop.example'] },
    { allowedOrigins: ['https://shop.example:443'] },
    { allowedOrigins: ['null'] },
    { allowedOrigins: ['https://shop.example', 'https://shop.example'] },
  ])('refuse %j', (settings) => {
    expect(broken(settings)).toEqual(Object.keys(settings));
  });

  it('name each problem in a code and for people', () => {
    const error = new InvalidSettings(settingProblems({ acquirerBin: 'x', sessionMinutes: 99 }));

    expect(error.codes).toEqual(['acquirer_bin_invalid', 'session_minutes_invalid']);
    expect(error.message).toBe(
      'acquirerBin must be 1 to 11 digits; sessionMinutes must be a whole number from 5 to 60',
    );
  });
});
