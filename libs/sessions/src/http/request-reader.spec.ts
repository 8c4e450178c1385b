import { encodeId, type CountersignError } from '@app/kernel';
import { MerchantAddresses } from '@app/platform';
import { aCard, aChannelData, anAppData, aRequest } from '../testing/sessions';
import { readChannelData, readCreateSession as read, readMethodCompletion } from './request-reader';

const CHANNEL_ID = '01987f7d-0000-7000-8000-000000000002';
const readCreateSession = (body: unknown): ReturnType<typeof read> =>
  read(body, new MerchantAddresses({ demo: false }));

const readInDemo = (body: unknown): ReturnType<typeof read> => read(body, new MerchantAddresses({ demo: true }));

const SESSION_TEXT = 'sid_llraltf4jlwu5dxdtprcv7ba5i';

/** What reading throws. */
function refusalOf(read: () => unknown): Pick<CountersignError, 'kind' | 'codes'> | null {
  try {
    read();
    return null;
  } catch (error) {
    const { kind, codes } = error as CountersignError;
    return { kind, codes };
  }
}

/** The codes that a body is refused with; empty when it is taken. A crash is no answer, so it throws. */
function codesOf(body: unknown): readonly string[] {
  const refusal = refusalOf(() => readCreateSession(body));
  if (refusal === null) return [];
  expect(refusal.kind).toBe('invalid_request');
  return refusal.codes;
}

const withSource = (more: Record<string, unknown>): unknown => aRequest({ source: aCard(more) });
const withChannel = (more: Record<string, unknown>): unknown => aRequest({ channel_data: aChannelData(more) });
const withCompletion = (more: Record<string, unknown>): unknown =>
  aRequest({ completion: { type: 'non_hosted', ...more } });
const inInstallments = (installment: object): unknown => aRequest({ authentication_type: 'installment', installment });
const longer = (length: number): string => 'a'.repeat(length + 1);

describe('a minimal request', () => {
  it('becomes a command with the defaults of the contract', () => {
    const command = readCreateSession(aRequest());

    expect(command).toMatchObject({
      channelId: null,
      amountMinor: 6540,
      currency: 'USD',
      reference: null,
      details: {
        source: { kind: 'card', stored: false },
        purchase: {
          authenticationType: 'regular',
          authenticationCategory: 'payment',
          challengeIndicator: 'no_preference',
          transactionType: 'goods_service',
        },
        echo: {},
      },
      device: null,
      methodCompletion: null,
      callbackUrl: null,
      challengeNotificationUrl: null,
    });
    expect('number' in command.source && command.source.number.expose()).toBe('4242424242424242');
    expect(command.source).toMatchObject({ kind: 'card', expiryMonth: 12, expiryYear: 2030, stored: false });
  });

  it('keeps the card number out of what is stored', () => {
    expect(JSON.stringify(readCreateSession(aRequest()))).not.toContain('4242424242424242');
  });

  it('is a card where the source has no type', () => {
    expect(codesOf(aRequest({ source: aCard({ type: undefined }) }))).toEqual([]);
  });
});

describe('a full request', () => {
  const body = aRequest({
    processing_channel_id: encodeId('channel', CHANNEL_ID),
    marketplace: { sub_entity_id: 'ent_w4jelhppmfiufdnatndh3wtsfq' },
    authentication_type: 'installment',
    authentication_category: 'payment',
    account_info: {
      purchase_count: 10,
      account_age: 'no_account',
      add_card_attempts: 0,
      shipping_address_age: 'this_transaction',
      account_name_matches_shipping_name: true,
      suspicious_account_activity: false,
      transactions_today: 999,
      authentication_method: 'fido',
      cardholder_account_age_indicator: 'no_account',
      account_change: '2026-08-03T10:11:12Z',
      account_change_indicator: 'this_transaction',
      account_date: '2026-08-03T10:11:12.123456',
      account_password_change: '2026-08-03T10:11:12+02:00',
      account_password_change_indicator: 'no_change',
      transactions_per_year: 999,
      payment_account_age: '2026-08-03T10:11:12Z',
      shipping_address_usage: '2026-08-03T10:11:12Z',
      account_type: 'credit',
      account_id: 'id-1',
      three_ds_requestor_authentication_info: {
        three_ds_req_auth_method: 'federated_id',
        three_ds_req_auth_timestamp: '2026-08-03T10:11:12Z',
        three_ds_req_auth_data: 'x',
      },
    },
    challenge_indicator: 'challenge_requested_mandate',
    billing_descriptor: { name: 'SHOP*1' },
    reference: 'ORD-1',
    merchant_risk_info: {
      delivery_email: 'a@example.com',
      delivery_timeframe: 'overnight',
      is_preorder: true,
      is_reorder: false,
      shipping_indicator: 'visa',
      reorder_items_indicator: 'reordered',
      pre_order_purchase_indicator: 'future_availability',
      pre_order_date: '2026-08-03T10:11:12Z',
      gift_card_amount: '25.50',
      gift_card_currency: 'USD',
      gift_card_count: '1',
    },
    transaction_type: 'account_funding',
    shipping_address: { address_line1: 'A 1', city: 'London', state: 'ENG', zip: 'W1', country: 'gb' },
    shipping_address_matches_billing: false,
    completion: {
      type: 'non_hosted',
      callback_url: 'https://merchant.example/callback?a=1',
      challenge_notification_url: 'https://merchant.example/notify',
    },
    channel_data: aChannelData({
      three_ds_method_completion: 'Y',
      iframe_payment_allowed: true,
      user_agent_client_hint: '"Chromium";v="1"',
    }),
    recurring: { days_between_payments: 28, expiry: '20301231' },
    installment: { number_of_payments: 3, days_between_payments: 30, expiry: '20291231' },
    optimization: { framework: 'acceptance_rates' },
    initial_transaction: {
      acs_transaction_id: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340',
      authentication_method: 'challenge_occurred',
      authentication_timestamp: '2026-08-03T10:11:12Z',
      authentication_data: 'x',
      initial_session_id: SESSION_TEXT,
    },
    device_information: { device_id: 'x', device_session_id: 'dsid_w4jelhppmfiufdnatndh3wtsfq' },
    google_spa: { continue_url: 'https://merchant.example/go' },
    preferred_experiences: ['google_spa', '3ds'],
    source: aCard({
      name: 'Jo Bloggs',
      stored: true,
      store_for_future_use: false,
      scheme: 'visa',
      email: 'jo@example.com',
      billing_address: { address_line2: 'B', address_line3: 'C' },
      home_phone: { country_code: '44', number: '123' },
      mobile_phone: { country_code: '1', number: '5' },
      work_phone: { country_code: '353', number: '123456789012345' },
    }),
  });

  it('is carried over field by field', () => {
    expect(readCreateSession(body)).toMatchObject({
      channelId: CHANNEL_ID,
      reference: 'ORD-1',
      methodCompletion: 'Y',
      callbackUrl: 'https://merchant.example/callback?a=1',
      challengeNotificationUrl: 'https://merchant.example/notify',
      device: {
        channel: 'browser',
        browser: { acceptHeader: '*/*', colorDepth: '24', timezone: '60', ipAddress: '192.0.2.1' },
      },
      details: {
        echo: { preferred_experiences: ['google_spa', '3ds'] },
        source: {
          name: 'Jo Bloggs',
          stored: true,
          scheme: 'visa',
          email: 'jo@example.com',
          billingAddress: { line2: 'B', line3: 'C' },
          homePhone: { countryCode: '44', number: '123' },
          mobilePhone: { countryCode: '1', number: '5' },
          workPhone: { countryCode: '353', number: '123456789012345' },
        },
        purchase: {
          authenticationType: 'installment',
          challengeIndicator: 'challenge_requested_mandate',
          transactionType: 'account_funding',
          billingDescriptorName: 'SHOP*1',
          shippingAddress: { line1: 'A 1', city: 'London', state: 'ENG', zip: 'W1', country: 'GB' },
          shippingAddressMatchesBilling: false,
          accountInfo: body['account_info'],
          merchantRiskInfo: body['merchant_risk_info'],
          recurring: { daysBetweenPayments: 28, expiry: '20301231' },
          installment: { daysBetweenPayments: 30, expiry: '20291231', numberOfPayments: 3 },
          initialTransaction: body['initial_transaction'],
          forUpstream: {
            marketplace: { sub_entity_id: 'ent_w4jelhppmfiufdnatndh3wtsfq' },
            optimization: { framework: 'acceptance_rates' },
            device_information: { device_id: 'x', device_session_id: 'dsid_w4jelhppmfiufdnatndh3wtsfq' },
          },
        },
      },
    });
  });

  it('may have every optional field as null, which is absent', () => {
    const nulled = Object.fromEntries(
      Object.entries(body).map(([field, value]) => [
        field,
        ['currency', 'source', 'completion', 'amount', 'installment'].includes(field) ? value : null,
      ]),
    );

    expect(readCreateSession(nulled)).toMatchObject({ device: null, channelId: null, reference: null });
  });

  it('may have nulls deep inside', () => {
    const command = readCreateSession(
      withSource({ name: null, email: null, billing_address: { city: null, country: null }, home_phone: null }),
    );

    expect(command.details.source).toEqual({ kind: 'card', stored: false, billingAddress: {} });
  });
});

describe('what is required', () => {
  it.each(['currency', 'source', 'completion'])('%s', (field) => {
    for (const absent of [undefined, null]) {
      expect(codesOf(aRequest({ [field]: absent }))).toEqual([`${field}_required`]);
    }
  });

  it('every missing field is listed at once', () => {
    expect([...codesOf({})].sort()).toEqual(['completion_required', 'currency_required', 'source_required']);
    expect([...codesOf(aRequest({ source: {}, channel_data: {}, completion: {} }))].sort()).toEqual(
      [
        'source_number_required',
        'source_expiry_month_required',
        'source_expiry_year_required',
        'completion_type_required',
        'channel_data_accept_header_required',
        'channel_data_language_required',
        'channel_data_color_depth_required',
        'channel_data_screen_height_required',
        'channel_data_screen_width_required',
        'channel_data_timezone_required',
        'channel_data_user_agent_required',
        'channel_data_ip_address_required',
      ].sort(),
    );
  });

  it('of a network token', () => {
    expect([...codesOf(aRequest({ source: { type: 'network_token' } }))].sort()).toEqual([
      'source_expiry_month_required',
      'source_expiry_year_required',
      'source_token_required',
    ]);
  });

  it('of sources by reference', () => {
    expect(codesOf(aRequest({ source: { type: 'id' } }))).toEqual(['source_id_required']);
    expect(codesOf(aRequest({ source: { type: 'token' } }))).toEqual(['source_token_required']);
  });

  it('of a hosted completion', () => {
    expect(codesOf(aRequest({ completion: { type: 'hosted' } }))).toEqual([
      'completion_success_url_required',
      'completion_failure_url_required',
    ]);
  });

  it('of app data', () => {
    expect([...codesOf(aRequest({ channel_data: { channel: 'app' } }))].sort()).toEqual(
      [
        'channel_data_sdk_app_id_required',
        'channel_data_sdk_max_timeout_required',
        'channel_data_sdk_ephem_pub_key_required',
        'channel_data_sdk_encrypted_data_required',
        'channel_data_sdk_reference_number_required',
        'channel_data_sdk_transaction_id_required',
        'channel_data_sdk_interface_type_required',
        'channel_data_sdk_ui_elements_required',
      ].sort(),
    );
  });

  it('of merchant initiated data', () => {
    expect(codesOf(aRequest({ channel_data: { channel: 'merchant_initiated' } }))).toEqual([
      'channel_data_request_type_required',
    ]);
  });

  it('of a phone: both members', () => {
    expect(codesOf(withSource({ home_phone: {} }))).toEqual([
      'source_home_phone_country_code_required',
      'source_home_phone_number_required',
    ]);
  });

  it('of a series: an amount above zero, and of an installment how many', () => {
    for (const authentication_type of ['recurring', 'installment']) {
      const installment = { number_of_payments: 2 };
      expect(codesOf(aRequest({ authentication_type, installment, amount: undefined }))).toEqual(['amount_required']);
      expect(codesOf(aRequest({ authentication_type, installment, amount: 0 }))).toEqual(['amount_invalid']);
    }
    expect(codesOf(aRequest({ authentication_type: 'installment' }))).toEqual(['installment_required']);
    expect(codesOf(aRequest({ authentication_type: 'installment', installment: {} }))).toEqual([
      'installment_number_of_payments_required',
    ]);
  });
});

describe('what does not fit', () => {
  const cases: [code: string, body: unknown][] = [
    ['currency_invalid', aRequest({ currency: 'usd' })],
    ['currency_invalid', aRequest({ currency: 'QQQ' })],
    ['currency_invalid', aRequest({ currency: 840 })],
    ['currency_invalid', aRequest({ currency: ['USD'] })],
    ['amount_invalid', aRequest({ amount: -1 })],
    ['amount_invalid', aRequest({ amount: 1.5 })],
    ['amount_invalid', aRequest({ amount: '100' })],
    ['amount_invalid', aRequest({ amount: 2 ** 53 })],
    ['amount_invalid', aRequest({ amount: true })],
    ['processing_channel_id_invalid', aRequest({ processing_channel_id: 'pc_x' })],
    ['processing_channel_id_invalid', aRequest({ processing_channel_id: `pc_${'1'.repeat(26)}` })],
    ['processing_channel_id_invalid', aRequest({ processing_channel_id: 12345 })],
    ['processing_channel_id_invalid', aRequest({ processing_channel_id: { a: 1 } })],
    ['processing_channel_id_invalid', aRequest({ processing_channel_id: ['pc_q4dbxom5jbgudnjzjpz7j2z6uq'] })],
    ['marketplace_invalid', aRequest({ marketplace: 'ent_x' })],
    ['marketplace_sub_entity_id_invalid', aRequest({ marketplace: { sub_entity_id: 'x' } })],
    ['authentication_type_invalid', aRequest({ authentication_type: 'instalment' })],
    ['authentication_category_invalid', aRequest({ authentication_category: 'NonPayment' })],
    ['challenge_indicator_invalid', aRequest({ challenge_indicator: 'always' })],
    ['billing_descriptor_name_invalid', aRequest({ billing_descriptor: { name: longer(40) } })],
    ['reference_invalid', aRequest({ reference: longer(100) })],
    ['reference_invalid', aRequest({ reference: 7 })],
    ['transaction_type_invalid', aRequest({ transaction_type: 'constructor' })],
    ['shipping_address_invalid', aRequest({ shipping_address: 'here' })],
    ['shipping_address_invalid', aRequest({ shipping_address: [] })],
    ['shipping_address_address_line1_invalid', aRequest({ shipping_address: { address_line1: longer(50) } })],
    ['shipping_address_city_invalid', aRequest({ shipping_address: { city: longer(50) } })],
    ['shipping_address_state_invalid', aRequest({ shipping_address: { state: 'ENGL' } })],
    ['shipping_address_zip_invalid', aRequest({ shipping_address: { zip: longer(16) } })],
    ['shipping_address_country_invalid', aRequest({ shipping_address: { country: 'GBR' } })],
    ['shipping_address_matches_billing_invalid', aRequest({ shipping_address_matches_billing: 'true' })],
    ['recurring_days_between_payments_invalid', aRequest({ recurring: { days_between_payments: 0 } })],
    ['recurring_expiry_invalid', aRequest({ recurring: { expiry: '2030-12-31' } })],
    ['recurring_expiry_invalid', aRequest({ recurring: { expiry: '20261399' } })],
    ['recurring_expiry_invalid', aRequest({ recurring: { expiry: '20260229' } })],
    ['installment_expiry_invalid', inInstallments({ number_of_payments: 2, expiry: '00000000' })],
    ['currency_invalid', aRequest({ currency: 'XXX' })],
    ['currency_invalid', aRequest({ currency: 'XAU' })],
    ['currency_invalid', aRequest({ currency: 'XTS' })],
    ['merchant_risk_info_gift_card_currency_invalid', aRequest({ merchant_risk_info: { gift_card_currency: 'xdr' } })],
    ['installment_number_of_payments_invalid', inInstallments({ number_of_payments: 1 })],
    ['installment_number_of_payments_invalid', inInstallments({ number_of_payments: 1000 })],
    ['optimization_framework_invalid', aRequest({ optimization: { framework: 1 } })],
    [
      'initial_transaction_authentication_method_invalid',
      aRequest({ initial_transaction: { authentication_method: 'x' } }),
    ],
    [
      'initial_transaction_acs_transaction_id_invalid',
      aRequest({ initial_transaction: { acs_transaction_id: longer(36) } }),
    ],
    ['device_information_device_session_id_invalid', aRequest({ device_information: { device_session_id: 'x' } })],
    ['google_spa_continue_url_invalid', aRequest({ google_spa: { continue_url: 'javascript:alert(1)' } })],
    ['preferred_experiences_invalid', aRequest({ preferred_experiences: '3ds' })],
    ['preferred_experiences_invalid', aRequest({ preferred_experiences: ['4ds'] })],
    ['preferred_experiences_invalid', aRequest({ preferred_experiences: [{}] })],
    ['account_info_invalid', aRequest({ account_info: [] })],
    ['account_info_purchase_count_invalid', aRequest({ account_info: { purchase_count: 10_000 } })],
    ['account_info_account_age_invalid', aRequest({ account_info: { account_age: 'old' } })],
    ['account_info_account_date_invalid', aRequest({ account_info: { account_date: 'yesterday' } })],
    ['account_info_account_date_invalid', aRequest({ account_info: { account_date: '2026-02-30T00:00:00Z' } })],
    ['account_info_transactions_per_year_invalid', aRequest({ account_info: { transactions_per_year: 1000 } })],
    [
      'account_info_suspicious_account_activity_invalid',
      aRequest({ account_info: { suspicious_account_activity: 1 } }),
    ],
    [
      'account_info_three_ds_requestor_authentication_info_three_ds_req_auth_method_invalid',
      aRequest({ account_info: { three_ds_requestor_authentication_info: { three_ds_req_auth_method: 'x' } } }),
    ],
    ['merchant_risk_info_delivery_email_invalid', aRequest({ merchant_risk_info: { delivery_email: longer(254) } })],
    ['merchant_risk_info_gift_card_amount_invalid', aRequest({ merchant_risk_info: { gift_card_amount: 'ten' } })],
    ['merchant_risk_info_gift_card_count_invalid', aRequest({ merchant_risk_info: { gift_card_count: '100' } })],
    ['source_invalid', aRequest({ source: 'card' })],
    ['source_invalid', aRequest({ source: [aCard()] })],
    ['source_type_invalid', aRequest({ source: { type: 'customer' } })],
    ['source_type_invalid', aRequest({ source: { type: 'constructor' } })],
    ['source_type_invalid', aRequest({ source: { type: ['card'] } })],
    ['source_number_invalid', withSource({ number: '424242424242' })],
    ['source_number_invalid', withSource({ number: '4242424242424241' })],
    ['source_number_invalid', withSource({ number: 4242424242424242 })],
    ['source_number_invalid', withSource({ number: '4242 4242 4242 4242' })],
    ['source_number_invalid', withSource({ number: ['4242424242424242'] })],
    ['source_expiry_month_invalid', withSource({ expiry_month: 13 })],
    ['source_expiry_month_invalid', withSource({ expiry_month: '12' })],
    ['source_expiry_year_invalid', withSource({ expiry_year: 30 })],
    ['source_name_invalid', withSource({ name: 'J' })],
    ['source_name_invalid', withSource({ name: longer(45) })],
    ['source_stored_invalid', withSource({ stored: 'no' })],
    ['source_scheme_invalid', withSource({ scheme: 'maestro' })],
    ['source_email_invalid', withSource({ email: longer(254) })],
    ['source_email_invalid', withSource({ email: 'jo' })],
    ['source_email_invalid', withSource({ email: '@example.com' })],
    ['source_email_invalid', withSource({ email: 'jo@' })],
    ['source_email_invalid', withSource({ email: 'jo@exa mple.com' })],
    ['source_email_invalid', withSource({ email: 'jo@exam\u0007ple.com' })],
    ['source_email_invalid', withSource({ email: 'jo\r\nBcc: x@example.com' })],
    ['merchant_risk_info_delivery_email_invalid', aRequest({ merchant_risk_info: { delivery_email: 'nobody' } })],
    ['source_billing_address_invalid', withSource({ billing_address: 'here' })],
    ['source_billing_address_country_invalid', withSource({ billing_address: { country: '1' } })],
    ['source_home_phone_number_invalid', withSource({ home_phone: { country_code: '1', number: '1234567890123456' } })],
    ['source_work_phone_country_code_invalid', withSource({ work_phone: { country_code: '+1', number: '1' } })],
    [
      'source_token_invalid',
      aRequest({ source: { type: 'network_token', token: '1', expiry_month: 1, expiry_year: 2030 } }),
    ],
    ['source_id_invalid', aRequest({ source: { type: 'id', id: 'card_1' } })],
    ['source_token_invalid', aRequest({ source: { type: 'token', token: 'src_1' } })],
    ['completion_invalid', aRequest({ completion: 'non_hosted' })],
    ['completion_type_invalid', aRequest({ completion: { type: 'non-hosted' } })],
    ['completion_callback_url_invalid', withCompletion({ callback_url: 'merchant' })],
    ['completion_callback_url_invalid', withCompletion({ callback_url: 'ftp://merchant.example/x' })],
    ['completion_callback_url_invalid', withCompletion({ callback_url: `https://merchant.example/${longer(256)}` })],
    ['completion_challenge_notification_url_invalid', withCompletion({ challenge_notification_url: 5 })],
    [
      'completion_success_url_invalid',
      aRequest({ completion: { type: 'hosted', success_url: 'x', failure_url: 'https://a.example' } }),
    ],
    ['channel_data_invalid', aRequest({ channel_data: 'browser' })],
    ['channel_data_invalid', aRequest({ channel_data: [aChannelData()] })],
    ['channel_data_channel_invalid', withChannel({ channel: 'tv' })],
    ['channel_data_accept_header_invalid', withChannel({ accept_header: longer(2048) })],
    ['channel_data_java_enabled_invalid', withChannel({ java_enabled: 'false' })],
    ['channel_data_language_invalid', withChannel({ language: 'a'.repeat(13) })],
    ['channel_data_color_depth_invalid', withChannel({ color_depth: 24 })],
    ['channel_data_color_depth_invalid', withChannel({ color_depth: '240' })],
    ['channel_data_screen_height_invalid', withChannel({ screen_height: 'tall' })],
    ['channel_data_screen_width_invalid', withChannel({ screen_width: '1234567' })],
    ['channel_data_timezone_invalid', withChannel({ timezone: 'UTC' })],
    ['channel_data_user_agent_invalid', withChannel({ user_agent: {} })],
    ['channel_data_user_agent_invalid', withChannel({ user_agent: ' ' })],
    ['channel_data_user_agent_invalid', withChannel({ user_agent: '\u200b\u0001' })],
    ['channel_data_accept_header_invalid', withChannel({ accept_header: '\t' })],
    ['channel_data_language_invalid', withChannel({ language: '-' })],
    ['channel_data_language_invalid', withChannel({ language: '-en' })],
    ['channel_data_ip_address_invalid', withChannel({ ip_address: '300.1.1.1' })],
    ['channel_data_three_ds_method_completion_invalid', withChannel({ three_ds_method_completion: 'X' })],
    ['channel_data_three_ds_method_completion_invalid', withChannel({ three_ds_method_completion: true })],
    ['channel_data_iframe_payment_allowed_invalid', withChannel({ iframe_payment_allowed: 'x' })],
    [
      'channel_data_request_type_invalid',
      aRequest({ channel_data: { channel: 'merchant_initiated', request_type: 'x' } }),
    ],
  ];

  it.each(cases)('%s (%#)', (code, body) => {
    expect(codesOf(body)).toEqual([code]);
  });

  it('all of it is listed, each code once', () => {
    const codes = codesOf(
      aRequest({
        currency: 'x',
        amount: -1,
        source: aCard({ number: '1', expiry_month: 0, home_phone: { country_code: 'x', number: 'y' } }),
        completion: { type: 'non_hosted', callback_url: 'x' },
        channel_data: aChannelData({ ip_address: 'x' }),
      }),
    );

    expect([...codes].sort()).toEqual(
      [
        'amount_invalid',
        'channel_data_ip_address_invalid',
        'completion_callback_url_invalid',
        'currency_invalid',
        'source_expiry_month_invalid',
        'source_home_phone_country_code_invalid',
        'source_home_phone_number_invalid',
        'source_number_invalid',
      ].sort(),
    );
  });
});

describe('text that no database can keep', () => {
  it('is malformed where it holds a NUL', () => {
    for (const body of [
      aRequest({ reference: 'a\0b' }),
      withSource({ name: 'Jo\0' }),
      withChannel({ user_agent: '\0' }),
    ]) {
      expect(refusalOf(() => readCreateSession(body))).toEqual({ kind: 'malformed', codes: ['body_malformed'] });
    }
  });

  it('is mended where it holds half a surrogate pair, and left alone where the pair is whole', () => {
    expect(readCreateSession(aRequest({ reference: 'a\ud800' })).reference).toBe('a\ufffd');
    expect(readCreateSession(withSource({ name: 'Zoë 😀' })).details.source.name).toBe('Zoë 😀');
  });
});

describe('an address that we would call or hand on', () => {
  const forbidden = [
    'http://merchant.example/callback',
    'https://127.0.0.1/callback',
    'https://0x7f.1/callback',
    'https://2130706433/callback',
    'https://localhost/callback',
    'https://shop.localhost./callback',
    'https://10.1.2.3:8443/callback',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/callback',
    'https://[::ffff:10.0.0.1]/callback',
    'https://[fd00:ec2::254]/callback',
  ];

  it.each(forbidden)('is refused when it is %s', (url) => {
    const completion = { type: 'non_hosted', callback_url: url, challenge_notification_url: url };

    expect(codesOf(aRequest({ completion }))).toEqual([
      'completion_callback_url_invalid',
      'completion_challenge_notification_url_invalid',
    ]);
  });

  it.each(['http://merchant.example/x', 'http://127.0.0.1:4001/x', 'https://localhost/x', 'http://[::1]/x'])(
    'is taken in demo mode when it is %s',
    (url) => {
      const completion = { type: 'non_hosted', callback_url: url };

      expect(read(aRequest({ completion }), new MerchantAddresses({ demo: true })).callbackUrl).toBe(url);
    },
  );

  it('is taken with a name, whatever that may resolve to, and with a public address', () => {
    for (const url of [
      'https://merchant.example/x',
      'https://intranet/x',
      'https://8.8.8.8/x',
      'https://[2606:4700::1]/x',
    ]) {
      expect(codesOf(aRequest({ completion: { type: 'non_hosted', callback_url: url } }))).toEqual([]);
    }
  });
});

describe('what SDKs send', () => {
  it('the aliases of the contract', () => {
    const { details } = readCreateSession(
      aRequest({ authentication_category: 'nonPayment', transaction_type: 'quashi_card_transaction' }),
    );

    expect(details.purchase).toMatchObject({
      authenticationCategory: 'non_payment',
      transactionType: 'quasi_card_transaction',
    });
  });

  it.each(['y', 'n', 'u'])('the 3DS Method completion in lower case, %s, in all three places', (said) => {
    const upper = said.toUpperCase();

    expect(readCreateSession(withChannel({ three_ds_method_completion: said })).methodCompletion).toBe(upper);
    expect(readChannelData(aChannelData({ three_ds_method_completion: said })).completion).toBe(upper);
    expect(readMethodCompletion({ three_ds_method_completion: said })).toBe(upper);
  });

  it('no booleans that are false', () => {
    const { device } = readCreateSession(withChannel({ java_enabled: undefined, javascript_enabled: undefined }));

    expect(device).toMatchObject({ browser: { javaEnabled: false, javascriptEnabled: false } });
  });

  it('no amount, which makes it no payment', () => {
    const command = readCreateSession(aRequest({ amount: undefined, authentication_category: 'payment' }));

    expect(command.amountMinor).toBe(0);
    expect(command.details.purchase.authenticationCategory).toBe('non_payment');
  });

  it('channel data without its discriminator, for a browser', () => {
    expect(readChannelData(aChannelData({ channel: undefined })).device).toMatchObject({
      channel: 'browser',
      browser: { ipAddress: '192.0.2.1' },
    });
  });

  it('IPv6, and times east and west of Greenwich', () => {
    expect(codesOf(withChannel({ ip_address: '2001:db8::1', timezone: '-330' }))).toEqual([]);
    expect(codesOf(withChannel({ timezone: '+60' }))).toEqual([]);
  });

  it('an installment that is none', () => {
    expect(readCreateSession(aRequest({ installment: {} })).details.purchase).not.toHaveProperty('installment');
  });

  it.each(['jo@example.com', '"jo d"@example.com', 'jö@exämple.com', ' jo@example.com '])('the email %s', (email) => {
    expect(codesOf(withSource({ email }))).toEqual([]);
  });

  it.each(['en', 'en-GB', 'zh-Hant-TW', 'de-'])('the language %s', (language) => {
    expect(codesOf(withChannel({ language }))).toEqual([]);
  });

  it('an empty email', () => {
    expect(readCreateSession(withSource({ email: '' })).details.source).not.toHaveProperty('email');
  });

  it('fields that nobody knows, which are ignored and not kept', () => {
    const card = '4000000000000002';
    const command = readCreateSession(
      aRequest({
        prior_transaction_reference: 'x',
        surprise: { deep: [1] },
        source: aCard({ token_type: 'vts', cryptogram: 'x', surprise: 1 }),
        completion: { type: 'non_hosted', success_url: 7, surprise: 1 },
        channel_data: aChannelData({ surprise: 1 }),
        account_info: { account_id: 'a', surprise: card },
        merchant_risk_info: { surprise: card },
        initial_transaction: { surprise: card },
        billing_descriptor: { name: 'x', city: 'y' },
        shipping_address: { city: 'z', surprise: card },
      }),
    );

    expect(command.details.purchase.accountInfo).toEqual({ account_id: 'a' });
    expect(JSON.stringify(command)).not.toContain('surprise');
    expect(JSON.stringify(command)).not.toContain(card);
  });

  it('a network token with what it no longer needs', () => {
    const source = {
      type: 'network_token',
      token: '4242424242424242',
      expiry_month: 1,
      expiry_year: 2031,
      token_type: 'vts',
      cryptogram: 'x',
    };
    const command = readCreateSession(aRequest({ source }));

    expect(command.source).toMatchObject({ kind: 'network_token', expiryMonth: 1, expiryYear: 2031 });
    expect(command.details.source.kind).toBe('network_token');
  });
});

describe('a hosted session', () => {
  const COMPLETION = { type: 'hosted', success_url: 'https://a.example/s?x=1', failure_url: 'https://a.example/f' };
  const callback_url = 'https://a.example/c';

  it('says where its cardholder goes back, and where its result goes if anywhere', () => {
    const command = readCreateSession(aRequest({ completion: COMPLETION }));

    expect(command).toMatchObject({
      returnUrls: { success: 'https://a.example/s?x=1', failure: 'https://a.example/f' },
      callbackUrl: null,
      challengeNotificationUrl: null,
      device: null,
    });
    expect(readCreateSession(aRequest({ completion: { ...COMPLETION, callback_url } })).callbackUrl).toBe(callback_url);
  });

  it('has no notification address of its own: the challenge is our page’s', () => {
    const completion = { ...COMPLETION, challenge_notification_url: 'https://a.example/n' };

    expect(readCreateSession(aRequest({ completion })).challengeNotificationUrl).toBeNull();
  });

  it('checks the browser that it is told of, and waits for the one that comes', () => {
    const hosted = (more: Record<string, unknown>): Record<string, unknown> =>
      aRequest({ completion: COMPLETION, channel_data: aChannelData(more) });

    const { device, methodCompletion } = readCreateSession(hosted({ three_ds_method_completion: 'Y' }));
    expect({ device, methodCompletion }).toEqual({ device: null, methodCompletion: null });
    expect(codesOf(hosted({ ip_address: 'home' }))).toEqual(['channel_data_ip_address_invalid']);
  });

  it('is not for an app, and needs nobody where a merchant asks by itself', () => {
    const request = (channel_data: object): unknown => aRequest({ completion: COMPLETION, channel_data });

    expect(refusalOf(() => readCreateSession(request(anAppData())))).toEqual({
      kind: 'not_allowed',
      codes: ['hosted_not_supported_for_app'],
    });
    const threeRI = { channel: 'merchant_initiated', request_type: 'add_card' };
    expect(readCreateSession(request(threeRI)).device).toEqual({
      channel: 'merchant_initiated',
      requestType: 'add_card',
    });
  });

  it.each(['success_url', 'failure_url'] as const)('goes back by a %s of the public internet only', (name) => {
    const to = (url: string): unknown => aRequest({ completion: { ...COMPLETION, [name]: url } });

    for (const url of ['http://shop.example/x', 'https://127.0.0.1/x', 'https://localhost/x', 'javascript:alert(1)']) {
      expect(codesOf(to(url))).toEqual([`completion_${name}_invalid`]);
    }
    expect(readInDemo(to('http://localhost:4001/x')).returnUrls).not.toBeNull();
  });
});

describe('what this version does not carry', () => {
  it.each([['scheme_not_supported', withSource({ scheme: 'upi' })]])('is refused as %s (%#)', (code, body) => {
    expect(refusalOf(() => readCreateSession(body))).toEqual({ kind: 'not_implemented', codes: [code] });
  });

  it('is told only of a request that is right otherwise', () => {
    expect(codesOf(aRequest({ source: aCard({ scheme: 'upi' }), currency: 'x' }))).toEqual(['currency_invalid']);
  });
});

describe('a body that is not a request', () => {
  it.each([undefined, null, [], [aRequest()], 'x', 5, true])('%j is malformed everywhere', (body) => {
    for (const read of [readCreateSession, readChannelData, readMethodCompletion]) {
      expect(refusalOf(() => read(body))).toEqual({ kind: 'malformed', codes: ['body_malformed'] });
    }
  });

  it('is one that is nested deeper than any', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`) as unknown;
    const list = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;

    for (const nested of [deep, list]) {
      expect(refusalOf(() => readCreateSession(aRequest({ x: nested })))).toEqual({
        kind: 'malformed',
        codes: ['body_malformed'],
      });
    }
  });
});

describe('names that every object has', () => {
  const HOSTILE = JSON.parse(
    '{"__proto__": {"type": "card", "polluted": true}, "constructor": {"prototype": {"polluted": true}}, ' +
      '"prototype": {}, "toString": "x", "valueOf": 1, "hasOwnProperty": {}, "then": 1, "length": 5}',
  ) as Record<string, unknown>;

  it('change nothing and are taken for unknown fields', () => {
    const nested = (more: Record<string, unknown>): Record<string, unknown> =>
      Object.assign(JSON.parse(JSON.stringify(HOSTILE)) as Record<string, unknown>, more);
    const body = nested(
      aRequest({
        source: nested(aCard({ billing_address: nested({}) })),
        account_info: nested({}),
        channel_data: nested(aChannelData()),
        completion: nested({ type: 'non_hosted' }),
      }),
    );

    expect(codesOf(body)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('do not stand in for a required field', () => {
    const source = JSON.parse(
      '{"__proto__": {"number": "4242424242424242", "expiry_month": 1, "expiry_year": 2030}}',
    ) as unknown;

    expect(codesOf(aRequest({ source }))).toContain('source_number_required');
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is no type of anything', (type) => {
    expect(codesOf(aRequest({ source: { type } }))).toEqual(['source_type_invalid']);
    expect(codesOf(aRequest({ completion: { type } }))).toEqual(['completion_type_invalid']);
    expect(codesOf(aRequest({ channel_data: { channel: type } }))).toEqual(['channel_data_channel_invalid']);
    expect(refusalOf(() => readChannelData({ channel: type }))?.codes).toEqual(['channel_invalid']);
  });
});

describe('channel data at the top level', () => {
  it('has the codes of its own fields', () => {
    expect(refusalOf(() => readChannelData({ channel: 'browser', ip_address: 'x' }))?.codes).toEqual(
      expect.arrayContaining(['ip_address_invalid', 'user_agent_required', 'accept_header_required']) as string[],
    );
  });

  it('says what was said of the 3DS Method, or that nothing was', () => {
    expect(readChannelData(aChannelData()).completion).toBeNull();
    expect(readChannelData(aChannelData({ three_ds_method_completion: 'N' })).completion).toBe('N');
  });
});

describe('the 3DS Method report', () => {
  it.each([
    [{}, 'three_ds_method_completion_required'],
    [{ three_ds_method_completion: null }, 'three_ds_method_completion_required'],
    [{ three_ds_method_completion: 'X' }, 'three_ds_method_completion_invalid'],
    [{ three_ds_method_completion: ['Y'] }, 'three_ds_method_completion_invalid'],
  ])('%j is refused as %s', (body, code) => {
    expect(refusalOf(() => readMethodCompletion(body))).toEqual({ kind: 'invalid_request', codes: [code] });
  });
});
