import type { AttemptRequest, DeviceData, EarlierSession, Source } from '@app/authentication-port';
import { encodeId } from '@app/kernel';
import { toChannelData, toSessionRequest } from './request.mapper';
import {
  A_BROWSER,
  aCard,
  anAttempt,
  aPurchase,
  aRequest,
  ACCOUNT_ID,
  CARD,
  SESSION_ID,
  UPSTREAM_ID,
} from './testing/attempt';

const FRAME = {
  callbackUrl: 'https://countersign.example/callbacks/x',
  challengeNotificationUrl: 'https://countersign.example/challenge/x',
  accountId: ACCOUNT_ID,
  processingChannelId: null,
};

const BROWSER_ON_THE_WIRE = {
  channel: 'browser',
  accept_header: 'text/html',
  java_enabled: false,
  javascript_enabled: true,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
  user_agent: 'Mozilla/5.0',
  ip_address: '192.0.2.1',
  three_ds_method_completion: 'U',
};

const APP: DeviceData = {
  channel: 'app',
  app: {
    sdkAppId: 'dbd64fcb-c19a-4728-8849-e3d50bfdde39',
    sdkMaxTimeout: 5,
    sdkEphemPubKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
    sdkEncryptedData: 'a.b.c.d.e',
    sdkReferenceNumber: '3DS_LOA_SDK_1',
    sdkTransactionId: '9e6c6e9b-b390-4b11-ada9-0a8f595e8600',
    sdkInterfaceType: 'both',
    sdkUiElements: ['text', 'oob'],
  },
};

const bodyOf = (over: Partial<AttemptRequest>) => toSessionRequest(anAttempt({ request: aRequest(over) }), FRAME);

describe('the creation of a session at the upstream', () => {
  it('says the least with the least', () => {
    expect(bodyOf({})).toEqual({
      source: { type: 'card', number: CARD, expiry_month: 3, expiry_year: 2031, stored: false },
      amount: 1999,
      currency: 'GBP',
      authentication_type: 'regular',
      authentication_category: 'payment',
      challenge_indicator: 'no_preference',
      transaction_type: 'goods_service',
      reference: encodeId('session', SESSION_ID),
      completion: {
        type: 'non_hosted',
        callback_url: FRAME.callbackUrl,
        challenge_notification_url: FRAME.challengeNotificationUrl,
      },
      channel_data: BROWSER_ON_THE_WIRE,
    });
  });

  it('carries everything that is known of the purchase', () => {
    const purchase = aPurchase({
      authenticationType: 'installment',
      billingDescriptorName: 'SHOP',
      shippingAddress: {
        line1: '1 High Street',
        line2: 'b',
        line3: 'c',
        city: 'London',
        state: 'ENG',
        zip: 'W1',
        country: 'GB',
      },
      shippingAddressMatchesBilling: false,
      accountInfo: { purchase_count: 3 },
      merchantRiskInfo: { is_reorder: true },
      recurring: { daysBetweenPayments: 28, expiry: '20301231' },
      installment: { daysBetweenPayments: 30, expiry: '20301231', numberOfPayments: 3 },
      initialTransaction: { acs_transaction_id: 'x' },
    });

    expect(bodyOf({ purchase, reference: 'order 1' })).toMatchObject({
      authentication_type: 'installment',
      billing_descriptor: { name: 'SHOP' },
      shipping_address: {
        address_line1: '1 High Street',
        address_line2: 'b',
        address_line3: 'c',
        city: 'London',
        state: 'ENG',
        zip: 'W1',
        country: 'GB',
      },
      shipping_address_matches_billing: false,
      account_info: { purchase_count: 3 },
      merchant_risk_info: { is_reorder: true },
      recurring: { days_between_payments: 28, expiry: '20301231' },
      installment: { days_between_payments: 30, expiry: '20301231', number_of_payments: 3 },
      initial_transaction: { acs_transaction_id: 'x' },
      reference: `${encodeId('session', SESSION_ID)} order 1`,
    });
  });

  it.each<[string, Source, object]>([
    ['a card', aCard({ name: 'A B', stored: true }), { type: 'card', number: CARD, name: 'A B', stored: true }],
    ['a network token', aCard({ kind: 'network_token' }), { type: 'network_token', token: CARD, expiry_month: 3 }],
    ['a stored instrument', { kind: 'id', reference: 'src_1', stored: true }, { type: 'id', id: 'src_1' }],
    ['a one-time token', { kind: 'token', reference: 'tok_1', stored: false }, { type: 'token', token: 'tok_1' }],
    [
      'what is known of the payer',
      aCard({
        scheme: 'cartes_bancaires',
        email: 'a@b.example',
        billingAddress: { country: 'FR' },
        mobilePhone: { countryCode: '33', number: '612345678' },
      }),
      {
        scheme: 'cartes_bancaires',
        email: 'a@b.example',
        billing_address: { country: 'FR' },
        mobile_phone: { country_code: '33', number: '612345678' },
      },
    ],
  ])('names %s', (_, source, expected) => {
    expect(bodyOf({ source })['source']).toMatchObject(expected);
  });

  it('sends no number with an instrument', () => {
    expect(bodyOf({ source: { kind: 'id', reference: 'src_1', stored: false } })['source']).toEqual({
      type: 'id',
      id: 'src_1',
    });
  });

  it('leaves out device data that is not there', () => {
    const { browser: _browser, ...attempt } = anAttempt();

    expect(toSessionRequest(attempt, FRAME)).not.toHaveProperty('channel_data');
  });

  it('names the account’s channel where it has one', () => {
    expect(toSessionRequest(anAttempt(), { ...FRAME, processingChannelId: 'pc_1' })).toHaveProperty(
      'processing_channel_id',
      'pc_1',
    );
  });

  it('keeps the merchant’s own addresses to ourselves', () => {
    const body = bodyOf({ notificationUrl: 'https://shop.example/3ds' });

    expect(JSON.stringify(body)).not.toContain('shop.example');
  });
});

describe('device data at the upstream', () => {
  it.each<[DeviceData, object]>([
    [
      { channel: 'browser', browser: A_BROWSER },
      { ...BROWSER_ON_THE_WIRE, three_ds_method_completion: 'N' },
    ],
    [
      {
        channel: 'browser',
        browser: {
          acceptHeader: 'text/html',
          javascriptEnabled: false,
          language: 'en-GB',
          userAgent: 'Mozilla/5.0',
          ipAddress: '192.0.2.1',
        },
      },
      {
        ...BROWSER_ON_THE_WIRE,
        javascript_enabled: false,
        screen_height: '0',
        screen_width: '0',
        timezone: '0',
        three_ds_method_completion: 'N',
      },
    ],
    [
      APP,
      {
        channel: 'app',
        sdk_app_id: 'dbd64fcb-c19a-4728-8849-e3d50bfdde39',
        sdk_max_timeout: 5,
        sdk_ephem_pub_key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
        sdk_encrypted_data: 'a.b.c.d.e',
        sdk_reference_number: '3DS_LOA_SDK_1',
        sdk_transaction_id: '9e6c6e9b-b390-4b11-ada9-0a8f595e8600',
        sdk_interface_type: 'both',
        sdk_ui_elements: ['text', 'oob'],
      },
    ],
    [
      { channel: 'merchant_initiated', requestType: 'recurring_transaction' },
      { channel: 'merchant_initiated', request_type: 'recurring_transaction' },
    ],
  ])('says it in the words of the wire: %#', (device, expected) => {
    expect(toChannelData(device, 'N')).toEqual(expected);
  });
});

describe('the earlier session that a request names', () => {
  const OURS = encodeId('session', SESSION_ID);
  const ACS = { acs_transaction_id: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b' };
  const there = { accountId: ACCOUNT_ID, upstreamId: UPSTREAM_ID };
  const sent = (initialTransaction: object, initialSession?: EarlierSession): unknown =>
    toSessionRequest(
      anAttempt({
        request: aRequest({
          purchase: aPurchase({ initialTransaction: { ...initialTransaction } }),
          ...(initialSession === undefined ? {} : { initialSession }),
        }),
      }),
      FRAME,
    )['initial_transaction'];

  it('goes there by its name there, where it ran through the same account', () => {
    expect(sent({ ...ACS, initial_session_id: OURS }, { connector: 'checkout', state: there })).toEqual({
      ...ACS,
      initial_session_id: UPSTREAM_ID,
    });
  });

  it.each<[string, EarlierSession]>([
    ['another account', { connector: 'checkout', state: { ...there, accountId: SESSION_ID } }],
    ['another connector', { connector: 'emv3ds', state: there }],
    ['a name that was only told', { connector: 'checkout', state: { ...there, hearsay: true } }],
    ['no name there', { connector: 'checkout', state: { accountId: ACCOUNT_ID } }],
  ])('is left out after %s', (_, earlier) => {
    expect(sent({ ...ACS, initial_session_id: OURS }, earlier)).toEqual(ACS);
    expect(sent({ initial_session_id: OURS }, earlier)).toBeUndefined();
  });

  it('goes as it came where it is none of ours', () => {
    expect(sent({ initial_session_id: UPSTREAM_ID })).toEqual({ initial_session_id: UPSTREAM_ID });
  });
});

it('hands on what only an upstream can act upon', () => {
  const forUpstream = { marketplace: { sub_entity_id: 'ent_1' }, optimization: { framework: 'acceptance_rates' } };
  const attempt = anAttempt({ request: aRequest({ purchase: aPurchase({ forUpstream }) }) });

  expect(toSessionRequest(attempt, FRAME)).toMatchObject({ ...forUpstream, amount: 1999 });
});

it('lets nothing that is handed on replace what is ours', () => {
  const forUpstream = { reference: 'x', amount: 1, completion: {}, source: {} };
  const attempt = anAttempt({ request: aRequest({ purchase: aPurchase({ forUpstream }) }) });

  expect(toSessionRequest(attempt, FRAME)).toEqual(toSessionRequest(anAttempt(), FRAME));
});
