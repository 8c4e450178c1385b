import type { Scheme } from '@app/kernel';
import { chooseScheme } from './scheme.choice';
import { anAcquirer, aRange, aRequest, aSource, pan, servers } from './testing/attempt';

const VISA = '4485040371536584';
const CO_BADGED = '4010056200000018';
const METHOD_URL = 'https://acs.example/method';

const visaRange = aRange('4485040000000000', '4485049999999999', { methodUrl: METHOD_URL });
const coBadgedRange = aRange('4010050000000000', '4010069999999999');

const of = (digits: string, scheme?: Scheme) =>
  aRequest({ source: aSource({ number: pan(digits), ...(scheme ? { scheme } : {}) }) });

describe('choice of scheme and version', () => {
  it('takes the range that holds the number, with its method URL', () => {
    const choice = chooseScheme(of(VISA), servers({ visa: [visaRange] }));

    expect(choice).toMatchObject({ outcome: 'chosen', scheme: 'visa', version: '2.2.0', methodUrl: METHOD_URL });
  });

  it.each<[string, Scheme | undefined, Scheme[], Scheme]>([
    ['the cardholder chose', 'visa', ['cartes_bancaires'], 'visa'],
    ['only the channel has a preference', undefined, ['mastercard', 'visa'], 'visa'],
    ['nobody has a preference', undefined, [], 'cartes_bancaires'],
  ])('co-badged, %s', (_, chosen, preferredSchemes, expected) => {
    const request = { ...of(CO_BADGED, chosen), preferredSchemes };

    const choice = chooseScheme(
      request,
      servers({ visa: [coBadgedRange], cartes_bancaires: [coBadgedRange], mastercard: [] }),
    );

    expect(choice).toMatchObject({ outcome: 'chosen', scheme: expected });
  });

  it('prefers the network that the merchant is registered with, where the cardholder has no preference', () => {
    const request = { ...of(CO_BADGED), acquirers: new Map([['visa' as const, anAcquirer('visa')]]) };

    const choice = chooseScheme(request, servers({ visa: [coBadgedRange], cartes_bancaires: [coBadgedRange] }));

    expect(choice).toMatchObject({ outcome: 'chosen', scheme: 'visa' });
  });

  it.each<[string, Scheme]>([
    ['36747880216043', 'diners'],
    ['6011111111111117', 'discover'],
  ])('tells %s of the shared directory server by its number: %s', (digits, expected) => {
    const range = aRange('0'.repeat(digits.length), '9'.repeat(digits.length));

    expect(chooseScheme(of(digits), servers({ discover: [range] }))).toMatchObject({ scheme: expected });
  });

  it.each([
    ['no range has the number', [], 'card_not_enrolled'],
    [
      'no version is common',
      [aRange(visaRange.start, visaRange.end, { acsStart: '2.3.1', acsEnd: '2.3.1' })],
      'card_not_enrolled',
    ],
    [
      'the issuer takes no part',
      [aRange(visaRange.start, visaRange.end, { acsInfoInd: ['03', '80'] })],
      'issuer_not_enrolled',
    ],
  ])('refuses when %s', (_, ranges, code) => {
    const other = aRange('4111110000000000', '4111119999999999');

    const choice = chooseScheme(of(VISA), servers({ visa: [...ranges, other] }));

    expect(choice).toEqual({ outcome: 'refused', code, scheme: 'visa' });
  });

  it.each([[['01']], [['02', '80']], [undefined]])('accepts the issuer information %j', (acsInfoInd) => {
    const range = aRange(visaRange.start, visaRange.end, acsInfoInd ? { acsInfoInd } : {});

    expect(chooseScheme(of(VISA), servers({ visa: [range] })).outcome).toBe('chosen');
  });

  it('plans by the number while ranges were never loaded', () => {
    const choice = chooseScheme(of(VISA), servers({ visa: null, cartes_bancaires: null }));

    expect(choice).toMatchObject({ outcome: 'chosen', scheme: 'visa', version: '2.2.0' });
    expect(choice).not.toHaveProperty('methodUrl');
  });

  it.each<[string, Scheme]>([
    ['loaded ranges', 'mastercard'],
    ['the number', 'jcb'],
  ])('refuses a choice that %s contradicts', (_, chosen) => {
    const choice = chooseScheme(of(VISA, chosen), servers({ visa: [visaRange], mastercard: [], jcb: null }));

    expect(choice).toEqual({ outcome: 'refused', code: 'scheme_not_supported', scheme: chosen });
  });

  it('refuses a number that belongs to no scheme', () => {
    expect(chooseScheme(of('9000000000000001'), servers({ visa: [visaRange] }))).toEqual({
      outcome: 'refused',
      code: 'scheme_not_supported',
    });
  });

  it('refuses a scheme that the merchant is not registered with', () => {
    const request = { ...of(VISA), acquirers: new Map() };

    expect(chooseScheme(request, servers({ visa: [visaRange] }))).toEqual({
      outcome: 'refused',
      code: 'no_processor_configured_for_card_scheme',
      scheme: 'visa',
    });
  });

  it('refuses a scheme whose directory server is not configured', () => {
    expect(chooseScheme(of(VISA), servers({}))).toMatchObject({ code: 'no_processor_configured_for_card_scheme' });
  });
});
