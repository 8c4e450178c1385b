/** AReq as a directory server reads it: emv-3ds.md section 8, rows 25 to 39. */
import { serializeMessage } from '@app/emv3ds';
import { read, refusal, vector, type Json } from './vectors';

const PAYMENT = 'areq.browser.payment.2.2.0';
const NON_PAYMENT = 'areq.browser.non-payment.2.2.0';
const FULL = 'areq.browser.full.2.2.0';

const verdict = (message: unknown, context = {}): string => refusal(() => read('AReq', message, { context }));
const payment = (changes: Json): string => verdict(vector(PAYMENT, changes));
const full = (changes: Json): string => verdict(vector(FULL, changes));

const merchantInitiated = (changes: Json = {}): Json =>
  vector(PAYMENT, {
    deviceChannel: '03',
    threeRIInd: '01',
    threeDSCompInd: undefined,
    threeDSRequestorAuthenticationInd: undefined,
    browserAcceptHeader: undefined,
    browserJavascriptEnabled: undefined,
    browserJavaEnabled: undefined,
    browserLanguage: undefined,
    browserColorDepth: undefined,
    browserScreenHeight: undefined,
    browserScreenWidth: undefined,
    browserTZ: undefined,
    browserUserAgent: undefined,
    notificationURL: undefined,
    ...changes,
  });

describe('AReq, minimal messages (row 25)', () => {
  it.each([PAYMENT, NON_PAYMENT, FULL])('accepts %s and keeps every field', (name) => {
    const message = vector(name);

    expect(read('AReq', message)).toEqual(message);
  });

  it('accepts a merchant-initiated payment', () => {
    expect(verdict(merchantInitiated())).toBe('accepted');
  });
});

describe('AReq, required fields (rows 26 and 27)', () => {
  const required = Object.keys(vector(PAYMENT)).filter((name) => name !== 'messageType');

  it.each(required)('reports %s when it is absent, empty or null', (name) => {
    expect([undefined, '', null].map((value) => payment({ [name]: value }))).toEqual(Array(3).fill(`201 D ${name}`));
  });

  it.each(Object.keys(vector(NON_PAYMENT)).filter((name) => name !== 'messageType'))(
    'reports %s of a non-payment',
    (name) => {
      expect(verdict(vector(NON_PAYMENT, { [name]: undefined }))).toBe(`201 D ${name}`);
    },
  );

  it('reports every missing field at once', () => {
    expect(payment({ mcc: '', merchantName: undefined, purchaseDate: null })).toBe(
      '201 D mcc,merchantName,purchaseDate',
    );
  });

  it('puts missing fields before malformed ones', () => {
    expect(payment({ mcc: undefined, purchaseAmount: 'ten', purchaseCurrency: '999' })).toBe('201 D mcc');
    expect(payment({ purchaseAmount: 'ten', purchaseCurrency: '999' })).toBe('203 D purchaseAmount');
  });

  it('demands what the directory server adds on its leg to the ACS', () => {
    const added = {
      dsReferenceNumber: '3DS_LOA_DIS',
      dsTransID: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b',
      dsURL: 'https://ds.example/rreq',
    };

    expect(verdict(vector(PAYMENT), { leg: 'DS-ACS' })).toBe('201 D dsReferenceNumber,dsTransID,dsURL');
    expect(verdict(vector(PAYMENT, added), { leg: 'DS-ACS' })).toBe('accepted');
  });
});

/** Fields of the full vector that other fields of it make required. */
const REQUIRED_BY_CONDITION = new Set([
  'billAddrCountry',
  'shipAddrCountry',
  'payTokenSource',
  'purchaseInstalData',
  'recurringExpiry',
  'recurringFrequency',
  'whiteListStatusSource',
]);

describe('AReq, optional fields (row 28)', () => {
  const optional = Object.keys(vector(FULL)).filter(
    (name) => !(name in vector(PAYMENT)) && !REQUIRED_BY_CONDITION.has(name),
  );

  it.each(optional)('refuses an empty %s', (name) => {
    expect(['', null, []].map((value) => full({ [name]: value }))).toEqual(Array(3).fill(`203 D ${name}`));
  });

  it.each(optional)('does without %s', (name) => {
    expect(full({ [name]: undefined })).toBe('accepted');
  });

  it('does without everything that only a market or a directory server would ask for', () => {
    const asked = ['cardholderName', 'email', 'homePhone', 'browserIP', 'cardExpiryDate', 'billAddrLine1', 'acctType'];

    expect(full(Object.fromEntries(asked.map((name) => [name, undefined])))).toBe('accepted');
  });
});

describe('AReq, formats (row 29)', () => {
  it.each<[string, unknown[], unknown[]]>([
    [
      'threeDSServerTransID',
      ['8A880DC0-D2D2-4067-BCB1-B08D1690B26E'],
      ['8a880dc0d2d24067bcb1b08d1690b26e', 'x'.repeat(36)],
    ],
    [
      'threeDSServerURL',
      ['http://localhost:4000/rreq', 'https://a.example/?q=1'],
      ['/rreq', 'ftp://a.example', 'https://', 'https://a b/', `https://a.example/${'x'.repeat(2048)}`],
    ],
    ['notificationURL', [`https://a.example/${'x'.repeat(238)}`], [`https://a.example/${'x'.repeat(239)}`]],
    ['threeDSRequestorName', ['é'.repeat(40), '😀'.repeat(40)], ['x'.repeat(41), 1, {}, true]],
    ['deviceChannel', ['02'], ['04', '2', 2]],
    ['messageCategory', ['01'], ['03', '1']],
    ['threeDSCompInd', ['Y', 'N', 'U'], ['X', 'y']],
    ['threeDSRequestorAuthenticationInd', ['01', '04', '80', '99'], ['07', '00', '100']],
    ['threeDSRequestorChallengeInd', ['01', '09', '80', '90'], ['10', '14', ['01']]],
    ['threeDSRequestorDecMaxTime', ['00001', '10080', '60'], ['00000', '10081', 'soon']],
    ['acquirerBIN', ['40055100001'], ['400551000012']],
    ['mcc', ['5942'], ['594', '59422']],
    ['merchantCountryCode', ['250'], ['GBR', '82', 826]],
    [
      'acctNumber',
      ['4485040371536584', '345678901234564'],
      ['448504037153', '44850403715365841234', '4485 0403 7153 6584'],
    ],
    ['cardExpiryDate', ['3012'], ['3013', '3000', '1230x']],
    ['cardholderName', ['JO', "O'Neill/Jane"], ['J', 'José', 'x'.repeat(46), 'a\tb']],
    [
      'email',
      ['a@b', '"Jane Doe" <jane@example.com>', 'jane+tag@example.com'],
      ['jane', '@b', 'jane@', `${'x'.repeat(250)}@b.example`],
    ],
    ['purchaseAmount', ['0', '0'.repeat(48)], ['0'.repeat(49), '1.00', '-1', 1099]],
    ['purchaseExponent', ['0', '3'], ['22', '']],
    ['purchaseDate', ['20240229000000'], ['20230229000000', '20260228246000', '2026022814300', '20261301000000']],
    ['recurringExpiry', ['20271231'], ['20270431', '2027-12-31', '271231']],
    ['recurringFrequency', ['1', '0028', '9999'], ['0', '10000', '-1']],
    ['purchaseInstalData', ['2', '002', '999'], ['1', '0', '1000']],
    ['transType', ['01', '28'], ['02', '99']],
    ['payTokenInd', [true], [false, 'true']],
    [
      'browserIP',
      ['192.0.2.1', '::1', '2001:db8::ffff:192.0.2.1'],
      ['256.0.0.1', '1.2.3', '2001:db8::1::2', ':', 'host'],
    ],
    ['browserLanguage', ['en', 'zh-Hant'], ['x'.repeat(9)]],
    ['browserColorDepth', ['1', '48'], ['30', '24 ', '0']],
    ['browserScreenHeight', ['0', '999999'], ['1000000', '-1', 1080]],
    ['browserTZ', ['0', '-720', '+840', '60'], ['UTC+2', '12.5', '-12345']],
    ['browserJavaEnabled', [true, false], ['true', 1]],
    ['browserUserAgent', ['x'.repeat(2048)], ['x'.repeat(2049)]],
    ['whiteListStatus', ['Y', 'N'], ['U', 'E']],
    ['broadInfo', [{ any: ['thing'] }], ['text', { long: 'x'.repeat(4096) }]],
  ])('%s', (name, good, bad) => {
    expect(good.map((value) => full({ [name]: value }))).toEqual(good.map(() => 'accepted'));
    expect(bad.map((value) => full({ [name]: value }))).toEqual(
      bad.map((value) => (value === '' ? `201 D ${name}` : `203 D ${name}`)),
    );
  });

  it('names fields of nested objects with their parent', () => {
    expect(full({ homePhone: { cc: '44' } })).toBe('201 D homePhone.subscriber');
    expect(full({ mobilePhone: { cc: '4444', subscriber: '1' } })).toBe('203 D mobilePhone.cc');
    expect(full({ acctInfo: { chAccDate: '20230229', chAccAgeInd: '06' } })).toBe(
      '203 D acctInfo.chAccAgeInd,acctInfo.chAccDate',
    );
    expect(full({ merchantRiskIndicator: 'high' })).toBe('203 D merchantRiskIndicator');
    expect(full({ workPhone: [{ cc: '44', subscriber: '1' }] })).toBe('203 D workPhone');
  });
});

describe('AReq, ISO codes (row 30)', () => {
  it.each(['999', '955', '964', '000', '123'])('answers 304 to currency %s', (code) => {
    expect(payment({ purchaseCurrency: code })).toBe('304 D purchaseCurrency');
  });

  it.each(['901', '999', '000'])('answers 304 to country %s', (code) => {
    expect(payment({ merchantCountryCode: code })).toBe('304 D merchantCountryCode');
    expect(full({ billAddrCountry: code })).toBe('304 D billAddrCountry');
  });
});

describe('AReq, duplicates, reserved codes and unknown elements (rows 31 to 33)', () => {
  it('answers 204 with the path of every member that comes twice', () => {
    const text = JSON.stringify(vector(FULL))
      .replace('"mcc":', '"mcc":"1111","mcc":')
      .replace('"homePhone":{', '"homePhone":{"cc":"1",');

    expect(verdict(text)).toBe('204 D mcc,homePhone.cc');
  });

  it('answers 203 to a reserved 3RI indicator and takes a directory server’s own', () => {
    expect(verdict(merchantInitiated({ threeRIInd: '20' }))).toBe('203 D threeRIInd');
    expect(verdict(merchantInitiated({ threeRIInd: '12' }))).toBe('203 D threeRIInd');
    expect(verdict(merchantInitiated({ threeRIInd: '80' }))).toBe('accepted');
  });

  it('drops elements that 2.2.0 does not know, nested ones too', () => {
    const message = read(
      'AReq',
      vector(FULL, { surprise: 1, acquirerCountryCode: '826', homePhone: { cc: '44', subscriber: '1', ext: '2' } }),
    );

    expect(message).not.toHaveProperty('surprise');
    expect(message).not.toHaveProperty('acquirerCountryCode');
    expect(message.homePhone).toEqual({ cc: '44', subscriber: '1' });
  });

  it('is not taken in by __proto__', () => {
    const text = JSON.stringify(vector(PAYMENT)).replace('{', '{"__proto__":{"mcc":"9999","polluted":true},');
    const message = read('AReq', text);

    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
    expect(serializeMessage(message)).not.toContain('polluted');
    expect(verdict('{"__proto__":{"messageType":"AReq"}}')).toBe('101 D messageType');
  });
});

describe('AReq, message extensions (rows 34 and 35)', () => {
  const extension = (changes: Json = {}): Json => ({
    name: 'x',
    id: 'A000000999-1',
    criticalityIndicator: false,
    data: { any: 1 },
    ...changes,
  });

  it('answers 202 with the ids of critical extensions that it does not know', () => {
    const messageExtension = [
      extension(),
      extension({ id: 'A1', criticalityIndicator: true }),
      extension({ id: 'A2', criticalityIndicator: true }),
    ];

    expect(payment({ messageExtension })).toBe('202 D A1,A2');
    expect(payment({ messageExtension, mcc: undefined })).toBe('202 D A1,A2');
    expect(refusal(() => read('AReq', vector(PAYMENT, { messageExtension }), { knownExtensions: ['A1', 'A2'] }))).toBe(
      'accepted',
    );
  });

  it('passes an unknown extension that is not critical on unchanged', () => {
    const messageExtension = [extension({ data: { deep: [{ er: null }] } })];

    expect(read('AReq', vector(PAYMENT, { messageExtension })).messageExtension).toEqual(messageExtension);
  });

  it('answers 203 to too many extensions and 203 to data that is too long', () => {
    expect(payment({ messageExtension: Array(10).fill(extension()) })).toBe('accepted');
    expect(payment({ messageExtension: Array(11).fill(extension()) })).toBe('203 D messageExtension');
    expect(payment({ messageExtension: [extension({ data: { long: 'x'.repeat(8060) } })] })).toBe(
      '203 D messageExtension.data',
    );
    expect(payment({ messageExtension: [extension({ id: undefined })] })).toBe('201 D messageExtension.id');
    expect(payment({ messageExtension: ['x'] })).toBe('203 D messageExtension');
  });
});

describe('AReq, conditions (rows 37 to 39)', () => {
  const scriptOnly = [
    'browserJavaEnabled',
    'browserColorDepth',
    'browserScreenHeight',
    'browserScreenWidth',
    'browserTZ',
  ];
  const without = Object.fromEntries(scriptOnly.map((name) => [name, undefined]));

  it('asks for what only script can tell exactly when script is on', () => {
    expect(payment({ ...without, browserJavascriptEnabled: false })).toBe('accepted');
    expect(payment(without)).toBe(`201 D ${scriptOnly.join(',')}`);
  });

  it('asks for recurring data with indicators 02 and 03, and for instalments with 03', () => {
    expect(payment({ threeDSRequestorAuthenticationInd: '02' })).toBe('201 D recurringExpiry,recurringFrequency');
    expect(payment({ threeDSRequestorAuthenticationInd: '03' })).toBe(
      '201 D purchaseInstalData,recurringExpiry,recurringFrequency',
    );
  });

  it('asks a non-payment for its purchase only when it recurs', () => {
    const recurring = {
      threeDSRequestorAuthenticationInd: '02',
      recurringExpiry: '20271231',
      recurringFrequency: '28',
    };

    expect(verdict(vector(NON_PAYMENT, recurring))).toBe(
      '201 D purchaseAmount,purchaseCurrency,purchaseExponent,purchaseDate',
    );
  });

  it.each([
    [{ billAddrCountry: undefined }, '201 D billAddrCountry'],
    [{ billAddrCountry: undefined, billAddrState: undefined }, 'accepted'],
    [{ shipAddrCountry: undefined }, '201 D shipAddrCountry'],
    [{ payTokenSource: undefined }, '201 D payTokenSource'],
    [{ whiteListStatusSource: undefined }, '201 D whiteListStatusSource'],
  ])('ties fields to those they explain: %j', (changes, expected) => {
    expect(full(changes)).toBe(expected);
  });

  it('does not mind a conditional field whose condition is not met', () => {
    expect(payment({ purchaseInstalData: '3', recurringExpiry: '20271231' })).toBe('accepted');
  });

  it('does not mind browser fields on a merchant-initiated request, even odd ones', () => {
    expect(verdict(merchantInitiated({ browserUserAgent: 'x', browserTZ: 'odd', threeDSCompInd: null }))).toBe(
      'accepted',
    );
  });
});
