import { CountersignError } from '@app/kernel';
import { aCard, anAppData, aRequest } from '../testing/sessions';
import { readChannelData, readCreateSession } from './request-reader';

const addresses = { allows: () => true };
const read = (body: unknown): ReturnType<typeof readCreateSession> => readCreateSession(body, addresses);

/** The codes that a request is refused with; empty when it is not. */
function codesOf(reading: () => unknown): readonly string[] {
  try {
    reading();
    return [];
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    expect(error.kind).toBe('invalid_request');
    return error.codes;
  }
}

const APP = {
  channel: 'app',
  app: {
    sdkAppId: 'dbd64fcb-c19a-4728-8849-e3d50bfdde39',
    sdkMaxTimeout: 5,
    sdkEphemPubKey: {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
    sdkEncryptedData: 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn',
    sdkReferenceNumber: '3DS_LOA_SDK_PPFU_020100_00007',
    sdkTransactionId: 'b2385523-a66c-4907-ac3c-91848e8c0067',
    sdkInterfaceType: 'both',
    sdkUiElements: ['text', 'single_select', 'multi_select', 'oob', 'html_other'],
  },
};

describe('an app', () => {
  it('is read at creation, field by field', () => {
    expect(read(aRequest({ channel_data: anAppData() }))).toMatchObject({ device: APP, methodCompletion: null });
  });

  it('is read in collect-data, field by field', () => {
    expect(readChannelData(anAppData())).toEqual({ device: APP, completion: null });
  });

  it('says nothing of a 3DS Method, whatever it sends', () => {
    const body = anAppData({ three_ds_method_completion: 'Y' });

    expect(readChannelData(body).completion).toBeNull();
    expect(read(aRequest({ channel_data: body })).methodCompletion).toBeNull();
  });

  it('keeps nothing of a key but its public part', () => {
    const { device } = readChannelData(anAppData({ sdk_ephem_pub_key: { ...APP.app.sdkEphemPubKey, d: 'private' } }));

    expect(JSON.stringify(device)).not.toContain('private');
  });

  it('may write its ids in capitals', () => {
    expect(codesOf(() => readChannelData(anAppData({ sdk_app_id: APP.app.sdkAppId.toUpperCase() })))).toEqual([]);
  });

  const FIELDS = Object.keys(anAppData()).filter((field) => field !== 'channel');

  it.each(FIELDS)('needs %s', (field) => {
    const without = anAppData({ [field]: undefined });

    expect(codesOf(() => read(aRequest({ channel_data: without })))).toEqual([`channel_data_${field}_required`]);
    expect(codesOf(() => readChannelData(without))).toEqual([`${field}_required`]);
  });

  it('is told of every field that it lacks', () => {
    expect([...codesOf(() => read(aRequest({ channel_data: { channel: 'app' } })))].sort()).toEqual(
      FIELDS.map((field) => `channel_data_${field}_required`).sort(),
    );
  });

  it.each<[string, unknown]>([
    ['sdk_app_id', 'dbd64fcb-c19a-4728-8849-e3d50bfdde3'],
    ['sdk_app_id', 'dbd64fcbc19a47288849e3d50bfdde39dbd6'],
    ['sdk_app_id', 7],
    ['sdk_max_timeout', 4],
    ['sdk_max_timeout', 100],
    ['sdk_max_timeout', '5'],
    ['sdk_max_timeout', 5.5],
    ['sdk_ephem_pub_key', 'key'],
    ['sdk_ephem_pub_key', ['EC']],
    ['sdk_encrypted_data', 'x'.repeat(64_001)],
    ['sdk_encrypted_data', {}],
    ['sdk_reference_number', 'x'.repeat(33)],
    ['sdk_transaction_id', 'not-a-uuid'],
    ['sdk_interface_type', 'web'],
    ['sdk_ui_elements', 'text'],
    ['sdk_ui_elements', ['text', 'video']],
    ['sdk_ui_elements', ['text', 'text', 'text', 'text', 'text', 'text']],
  ])('is refused with %s of %j', (field, value) => {
    const body = anAppData({ [field]: value });

    expect(codesOf(() => read(aRequest({ channel_data: body })))).toEqual([`channel_data_${field}_invalid`]);
    expect(codesOf(() => readChannelData(body))).toEqual([`${field}_invalid`]);
  });

  it.each<[string, unknown, string]>([
    ['kty', 'RSA', 'invalid'],
    ['kty', undefined, 'required'],
    ['crv', 'x'.repeat(41), 'invalid'],
    ['crv', undefined, 'required'],
    ['x', 'x'.repeat(101), 'invalid'],
    ['x', undefined, 'required'],
    ['y', 'no+base64url=', 'invalid'],
    ['y', '', 'required'],
  ])('is refused with %s of its key as %j', (member, value, problem) => {
    const body = anAppData({ sdk_ephem_pub_key: { ...APP.app.sdkEphemPubKey, [member]: value } });

    expect(codesOf(() => read(aRequest({ channel_data: body })))).toEqual([
      `channel_data_sdk_ephem_pub_key_${member}_${problem}`,
    ]);
  });
});

describe('a merchant-initiated session', () => {
  const TYPES = [
    'recurring_transaction',
    'installment_transaction',
    'add_card',
    'maintain_card_information',
    'account_verification',
    'split_or_delayed_shipment',
    'top_up',
    'mail_order',
    'telephone_order',
    'whitelist_status_check',
    'other_payment',
  ];

  it.each(TYPES)('is read with the request type %s', (requestType) => {
    const channel = { channel: 'merchant_initiated', request_type: requestType };
    const device = { channel: 'merchant_initiated', requestType };

    expect(read(aRequest({ channel_data: channel }))).toMatchObject({ device, methodCompletion: null });
    expect(readChannelData(channel)).toEqual({ device, completion: null });
  });

  it.each([
    [undefined, 'channel_data_request_type_required'],
    ['', 'channel_data_request_type_required'],
    ['gift', 'channel_data_request_type_invalid'],
    [3, 'channel_data_request_type_invalid'],
  ])('is refused with the request type %j', (requestType, code) => {
    const channel = { channel: 'merchant_initiated', request_type: requestType };

    expect(codesOf(() => read(aRequest({ channel_data: channel })))).toEqual([code]);
  });
});

describe('a channel of nobody', () => {
  it('is refused', () => {
    expect(codesOf(() => read(aRequest({ channel_data: { channel: 'telex' } })))).toEqual([
      'channel_data_channel_invalid',
    ]);
    expect(codesOf(() => readChannelData({ channel: 'telex' }))).toEqual(['channel_invalid']);
  });
});

describe('a source by reference', () => {
  const COMMON = {
    scheme: 'mastercard',
    email: 'jo@example.com',
    billing_address: { city: 'London', country: 'gb' },
    mobile_phone: { country_code: '44', number: '7700900123' },
  };
  const KEPT = {
    scheme: 'mastercard',
    email: 'jo@example.com',
    billingAddress: { city: 'London', country: 'GB' },
    mobilePhone: { countryCode: '44', number: '7700900123' },
  };

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'id',
      { type: 'id', id: 'src_w4jelhppmfiufdnatndh3wtsfq' },
      { kind: 'id', stored: true, reference: 'src_w4jelhppmfiufdnatndh3wtsfq' },
    ],
    [
      'token',
      { type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54' },
      { kind: 'token', stored: false, reference: 'tok_4gzeau5o2uqubbk6fufs3m7p54' },
    ],
  ])('of type %s is read, and remembered as it is', (_type, source, kept) => {
    const command = read(aRequest({ source: { ...source, ...COMMON } }));

    expect(command.source).toEqual({ ...kept, ...KEPT });
    expect(command.details.source).toEqual({ ...kept, ...KEPT });
  });

  it.each([
    { type: 'id', id: 'src_w4jelhppmfiufdnatndh3wtsfq' },
    { type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54' },
  ])('brings no number into the house, whatever stands beside it (%j)', (source) => {
    const command = read(
      aRequest({ source: { ...source, number: '4242424242424242', expiry_month: 1, store_for_future_use: true } }),
    );

    expect(command.source).not.toHaveProperty('number');
    expect(JSON.stringify(command)).not.toContain('4242');
  });

  it.each<[Record<string, unknown>, boolean]>([
    [aCard(), false],
    [aCard({ stored: false, store_for_future_use: false }), false],
    [aCard({ stored: true }), true],
    [aCard({ store_for_future_use: true }), true],
    [{ type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54' }, false],
    [{ type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54', stored: true }, true],
    [{ type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54', store_for_future_use: true }, true],
    [{ type: 'id', id: 'src_w4jelhppmfiufdnatndh3wtsfq', store_for_future_use: true }, false],
    [{ type: 'network_token', token: '4242424242424242', expiry_month: 1, expiry_year: 2030, stored: true }, false],
  ])('%j is kept: %s', (source, keepsCard) => {
    expect(read(aRequest({ source })).keepsCard).toBe(keepsCard);
  });

  it('is on file where the merchant says so', () => {
    const source = { type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54', stored: true };

    expect(read(aRequest({ source })).source).toMatchObject({ kind: 'token', stored: true });
  });

  it.each<[Record<string, unknown>, string]>([
    [aCard({ store_for_future_use: 'yes' }), 'source_store_for_future_use_invalid'],
    [{ type: 'token', token: 'tok_a', stored: 1 }, 'source_stored_invalid'],
    [{ type: 'id' }, 'source_id_required'],
    [{ type: 'id', id: '' }, 'source_id_required'],
    [{ type: 'id', id: 'tok_4gzeau5o2uqubbk6fufs3m7p54' }, 'source_id_invalid'],
    [{ type: 'id', id: `src_${'a'.repeat(97)}` }, 'source_id_invalid'],
    [{ type: 'id', id: 'src_a/../../b' }, 'source_id_invalid'],
    [{ type: 'id', id: '4242424242424242' }, 'source_id_invalid'],
    [{ type: 'token' }, 'source_token_required'],
    [{ type: 'token', token: 'src_w4jelhppmfiufdnatndh3wtsfq' }, 'source_token_invalid'],
    [{ type: 'token', token: 42 }, 'source_token_invalid'],
    [{ type: 'customer', id: 'cus_1' }, 'source_type_invalid'],
  ])('%j is refused', (source, code) => {
    expect(codesOf(() => read(aRequest({ source })))).toEqual([code]);
  });

  it('leaves the other sources as they were', () => {
    expect(read(aRequest({ source: aCard({ name: 'Jo', stored: true }) })).details.source).toEqual({
      kind: 'card',
      stored: true,
      name: 'Jo',
    });
  });
});
