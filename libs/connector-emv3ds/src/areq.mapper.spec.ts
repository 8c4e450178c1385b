import type { Attempt, Purchase } from '@app/authentication-port';
import { parseMessage, serializeMessage, type AReq } from '@app/emv3ds';
import { toAReq } from './areq.mapper';
import { A_BROWSER, anAttempt, aPurchase, aRequest, aSource } from './testing/attempt';

const TERMS = {
  serverUrl: 'https://api.example/3ds/rreq',
  notificationUrl: 'https://api.example/3ds/end',
  now: new Date('2026-11-23T10:15:30.123Z'),
};

/** Maps and reads back as the directory server does: what it refuses fails the test. */
function asReceived(attempt: Attempt): AReq {
  return parseMessage(serializeMessage(toAReq(attempt, TERMS)), { expect: ['AReq'], receiver: 'D' });
}

const withPurchase = (over: Partial<Purchase>): Attempt =>
  anAttempt({ request: aRequest({ purchase: aPurchase(over) }) });

describe('AReq', () => {
  it('carries card, merchant, purchase and browser of a payment', () => {
    const areq = asReceived(anAttempt());

    expect(areq).toMatchObject({
      messageVersion: '2.2.0',
      deviceChannel: '02',
      messageCategory: '01',
      threeDSServerURL: 'https://api.example/3ds/rreq',
      threeDSRequestorAuthenticationInd: '01',
      threeDSRequestorChallengeInd: '01',
      acctNumber: '4485040371536584',
      cardExpiryDate: '3103',
      acquirerBIN: '412345',
      mcc: '5411',
      merchantCountryCode: '826',
      merchantName: 'Countersign Shop',
      purchaseAmount: '1999',
      purchaseCurrency: '826',
      purchaseExponent: '2',
      purchaseDate: '20261123101530',
      transType: '01',
      browserLanguage: 'en-GB',
      browserTZ: '-60',
      notificationURL: 'https://shop.example/3ds/return',
    });
  });

  it('ends the challenge at our own address where the merchant named none', () => {
    const { notificationUrl: _theirs, ...request } = aRequest();

    expect(asReceived(anAttempt({ request })).notificationURL).toBe('https://api.example/3ds/end');
  });

  it('has no undefined, empty or invented members when the request has only what it must', () => {
    const wire = JSON.parse(serializeMessage(toAReq(anAttempt(), TERMS))) as Record<string, unknown>;

    expect(
      Object.keys(wire).filter((name) => /^(bill|ship)Addr|Phone$|acctInfo|merchantRisk|Prior|recurring/.test(name)),
    ).toEqual([]);
    expect(Object.values(wire)).not.toContain(null);
  });

  it.each([
    ['no_preference', '01'],
    ['no_challenge_requested', '02'],
    ['challenge_requested', '03'],
    ['challenge_requested_mandate', '04'],
    ['low_value', '02'],
    ['transaction_risk_assessment', '05'],
    ['data_share', '06'],
    ['trusted_listing', '08'],
    ['trusted_listing_prompt', '09'],
  ])('sends the challenge indicator %s as %s', (challengeIndicator, code) => {
    expect(asReceived(withPurchase({ challengeIndicator })).threeDSRequestorChallengeInd).toBe(code);
  });

  it.each([
    ['goods_service', '01'],
    ['check_acceptance', '03'],
    ['account_funding', '10'],
    ['quasi_card_transaction', '11'],
    ['quashi_card_transaction', '11'],
    ['prepaid_activation_and_load', '28'],
  ])('sends the transaction type %s as %s', (transactionType, code) => {
    expect(asReceived(withPurchase({ transactionType })).transType).toBe(code);
  });

  it.each([
    [
      'recurring',
      { recurring: { daysBetweenPayments: 30, expiry: '20271231' } },
      { recurringFrequency: '30', recurringExpiry: '20271231' },
      '02',
    ],
    ['recurring', {}, { recurringFrequency: '1', recurringExpiry: '99991231' }, '02'],
    [
      'installment',
      { installment: { daysBetweenPayments: 30, expiry: '20271231', numberOfPayments: 12 } },
      { recurringFrequency: '30', recurringExpiry: '20271231', purchaseInstalData: '12' },
      '03',
    ],
  ] as const)('repeats a payment of type %s as %j asks', (authenticationType, over, expected, code) => {
    const areq = asReceived(withPurchase({ authenticationType, ...over }));

    expect(areq).toMatchObject({ threeDSRequestorAuthenticationInd: code, ...expected });
  });

  it.each([
    ['add_card', '04'],
    ['maintain_card', '05'],
  ] as const)('sends the non-payment %s without an amount', (authenticationType, code) => {
    const areq = asReceived(withPurchase({ authenticationType, authenticationCategory: 'non_payment' }));

    expect(areq.messageCategory).toBe('02');
    expect(areq.threeDSRequestorAuthenticationInd).toBe(code);
    expect(areq.purchaseAmount).toBeUndefined();
    expect(areq.transType).toBeUndefined();
  });

  it('keeps the amount of a non-payment that starts a series', () => {
    const areq = asReceived(withPurchase({ authenticationType: 'recurring', authenticationCategory: 'non_payment' }));

    expect(areq).toMatchObject({ messageCategory: '02', purchaseAmount: '1999', purchaseCurrency: '826' });
  });

  it.each([
    ['JPY', '392', '0'],
    ['KWD', '414', '3'],
  ])('writes %s as %s with %s minor digits', (currency, numeric, exponent) => {
    expect(asReceived(withPurchase({ currency }))).toMatchObject({
      purchaseCurrency: numeric,
      purchaseExponent: exponent,
    });
  });

  it.each([
    [undefined, 'Y', 'U'],
    ['https://acs.example/method', 'Y', 'Y'],
    ['https://acs.example/method', 'N', 'N'],
    ['https://acs.example/method', 'U', 'N'],
  ] as const)('with the method URL %s and completion %s says %s', (methodUrl, methodCompletion, expected) => {
    const attempt = anAttempt({ methodCompletion, ...(methodUrl ? { methodUrl } : {}) });

    expect(asReceived(attempt).threeDSCompInd).toBe(expected);
  });

  it('carries cardholder, phones and both addresses', () => {
    const billingAddress = { line1: '1 High Street', city: 'London', state: 'GB-ENG', zip: 'SW1A 1AA', country: 'gb' };
    const source = aSource({
      name: 'José Müller-Łukasz',
      email: 'jose@example.com',
      billingAddress,
      homePhone: { countryCode: '44', number: '2071234567' },
      mobilePhone: { countryCode: '44', number: '7700900123' },
    });
    const purchase = aPurchase({
      shippingAddress: { line1: 'Flat 2; "The ☃ House"', state: 'ENG', country: 'XX' },
      shippingAddressMatchesBilling: false,
    });

    const areq = asReceived(anAttempt({ request: aRequest({ source, purchase }) }));

    expect(areq).toMatchObject({
      cardholderName: 'Jose Muller-Lukasz',
      email: 'jose@example.com',
      homePhone: { cc: '44', subscriber: '2071234567' },
      mobilePhone: { cc: '44', subscriber: '7700900123' },
      billAddrLine1: '1 High Street',
      billAddrCity: 'London',
      billAddrState: 'ENG',
      billAddrPostCode: 'SW1A 1AA',
      billAddrCountry: '826',
      shipAddrLine1: 'Flat 2 The House',
      addrMatch: 'N',
    });
    expect(areq.shipAddrState).toBeUndefined();
    expect(areq.shipAddrCountry).toBeUndefined();
  });

  it('cuts what is too long and leaves out what cannot be carried', () => {
    const source = aSource({
      name: '山田太郎',
      billingAddress: { line1: 'x'.repeat(60), zip: '1'.repeat(20), state: 'Bavaria', country: 'DE' },
      homePhone: { countryCode: '', number: '1' },
    });
    const browser = {
      ...A_BROWSER,
      userAgent: 'u'.repeat(3000),
      acceptHeader: 'a\u0000b',
      language: 'zh-Hans-CN',
      colorDepth: '30',
    };

    const areq = asReceived(anAttempt({ request: aRequest({ source }), browser }));

    expect(areq.cardholderName).toBeUndefined();
    expect(areq.homePhone).toBeUndefined();
    expect(areq.billAddrState).toBeUndefined();
    expect(areq.billAddrLine1).toHaveLength(50);
    expect(areq.billAddrPostCode).toHaveLength(16);
    expect(areq.browserUserAgent).toHaveLength(2048);
    expect(areq).toMatchObject({ browserAcceptHeader: 'a b', browserLanguage: 'zh-Hans', browserColorDepth: '24' });
  });

  it('is accepted without script in the browser', () => {
    const browser = { ...A_BROWSER, javascriptEnabled: false };

    expect(asReceived(anAttempt({ browser })).browserJavascriptEnabled).toBe(false);
  });

  it('is accepted without what only script in the browser can tell', () => {
    const { acceptHeader, language, userAgent, ipAddress } = A_BROWSER;
    const browser = { acceptHeader, language, userAgent, ipAddress, javascriptEnabled: false };

    const areq = asReceived(anAttempt({ browser }));

    expect(Object.keys(areq).filter((name) => name.startsWith('browser'))).toEqual([
      'browserAcceptHeader',
      'browserIP',
      'browserJavascriptEnabled',
      'browserLanguage',
      'browserUserAgent',
    ]);
  });

  it('turns account history into its codes', () => {
    const areq = asReceived(
      withPurchase({
        accountInfo: {
          purchase_count: 10,
          account_age: 'created_during_transaction',
          add_card_attempts: 5000,
          shipping_address_age: 'less_than_thirty_days',
          account_name_matches_shipping_name: true,
          suspicious_account_activity: false,
          transactions_today: 0,
          transactions_per_year: 1000,
          cardholder_account_age_indicator: 'no_account',
          account_change: '2026-01-02T03:04:05Z',
          account_change_indicator: 'this_transaction',
          account_date: '2020-02-30T00:00:00Z',
          account_password_change: '2026-06-01T01:00:00+02:00',
          account_password_change_indicator: 'no_change',
          payment_account_age: '2026-06-01T10:11:12',
          shipping_address_usage: '2026-06-01',
          account_type: 'credit',
          account_id: 'acc-1',
          three_ds_requestor_authentication_info: {
            three_ds_req_auth_method: 'federated_id',
            three_ds_req_auth_timestamp: '2026-11-23T10:11:12Z',
            three_ds_req_auth_data: 'opaque',
          },
        },
      }),
    );

    expect(areq.acctInfo).toEqual({
      nbPurchaseAccount: '10',
      paymentAccInd: '02',
      provisionAttemptsDay: '999',
      shipAddressUsageInd: '02',
      shipNameIndicator: '01',
      suspiciousAccActivity: '01',
      txnActivityDay: '0',
      txnActivityYear: '999',
      chAccAgeInd: '01',
      chAccChange: '20260102',
      chAccChangeInd: '01',
      chAccPwChange: '20260531',
      chAccPwChangeInd: '01',
      paymentAccAge: '20260601',
      shipAddressUsage: '20260601',
    });
    expect(areq).toMatchObject({
      acctType: '02',
      acctID: 'acc-1',
      threeDSRequestorAuthenticationInfo: {
        threeDSReqAuthMethod: '03',
        threeDSReqAuthTimestamp: '202611231011',
        threeDSReqAuthData: 'opaque',
      },
    });
  });

  it('turns merchant risk and an earlier authentication into their codes', () => {
    const areq = asReceived(
      withPurchase({
        merchantRiskInfo: {
          delivery_email: 'gift@example.com',
          delivery_timeframe: 'two_day_or_more',
          is_preorder: true,
          is_reorder: false,
          shipping_indicator: 'digital_goods',
          pre_order_date: '2026-12-24T00:00:00Z',
          gift_card_amount: '25.50',
          gift_card_currency: 'EUR',
          gift_card_count: '1',
        },
        initialTransaction: {
          acs_transaction_id: TRANSACTION_BEFORE,
          authentication_method: 'challenge_occurred',
          authentication_timestamp: '2026-01-01T12:30:00Z',
          authentication_data: 'data',
        },
      }),
    );

    expect(areq.merchantRiskIndicator).toEqual({
      deliveryEmailAddress: 'gift@example.com',
      deliveryTimeframe: '04',
      preOrderPurchaseInd: '02',
      reorderItemsInd: '01',
      shipIndicator: '05',
      preOrderDate: '20261224',
      giftCardAmount: '25',
      giftCardCurr: '978',
      giftCardCount: '01',
    });
    expect(areq.threeDSRequestorPriorAuthenticationInfo).toEqual({
      threeDSReqPriorRef: TRANSACTION_BEFORE,
      threeDSReqPriorAuthMethod: '02',
      threeDSReqPriorAuthTimestamp: '202601011230',
      threeDSReqPriorAuthData: 'data',
    });
  });

  it('ignores words that no table has, those of Object.prototype included', () => {
    const areq = asReceived(
      withPurchase({ challengeIndicator: 'constructor', accountInfo: { account_type: 'toString' } }),
    );

    expect(areq.threeDSRequestorChallengeInd).toBeUndefined();
    expect(areq.acctType).toBeUndefined();
  });

  it('shows the billing descriptor instead of the merchant name', () => {
    expect(asReceived(withPurchase({ billingDescriptorName: 'SHOP*ORDER 1' })).merchantName).toBe('SHOP*ORDER 1');
  });
});

const TRANSACTION_BEFORE = '0d8c9a1e-3c77-4a5e-9d8b-3f1f6e6f4a11';
