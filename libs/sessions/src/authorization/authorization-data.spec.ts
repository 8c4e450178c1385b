import type { Facts, TransStatus, UpstreamFacts } from '@app/authentication-port';
import { encodeId, SCHEMES, Secret, type Scheme } from '@app/kernel';
import fc from 'fast-check';
import type { Session, StoredAttempt } from '../domain/session';
import { ACS, aFinalSession, aresFacts, AT, DS_TRANSACTION_ID, SESSION_ID, TRANSACTION_ID } from '../testing/sessions';
import { authorizationData } from './authorization-data';

const VALUE = 'AjIzNDU2Nzg5MDEyMzQ1Njc4OTA=';
const UPSTREAM_ID = encodeId('session', '01987f7d-0000-7000-8000-0000000000ff');
const CB = {
  sessionId: UPSTREAM_ID,
  members: { scheme_info: { name: 'cartes_bancaires', score: '10', avalgo: '4' }, exemption: { code: 'AAAA' } },
};

interface Case {
  scheme?: Scheme;
  letter?: TransStatus;
  version?: string;
  eci?: string | undefined;
  value?: string | null;
  challenged?: boolean;
  category?: 'payment' | 'non_payment';
  challengeIndicator?: string;
  facts?: StoredAttempt['facts'];
  /** The session was authenticated by an upstream that said this. */
  upstream?: UpstreamFacts;
}

const GENERAL = { Y: '05', A: '06', I: '07' } as const;
const MASTERCARD = { Y: '02', A: '01', I: '06' } as const;

/** A session that ended as the case says. */
function sessionOf(one: Case): Session {
  const { scheme = 'visa', letter = 'Y', version = '2.2.0', challenged = false, category = 'payment' } = one;
  const series: Partial<Record<TransStatus, string>> = scheme === 'mastercard' ? MASTERCARD : GENERAL;
  const facts: Facts = {
    ...aresFacts(letter, { resultSource: challenged ? 'RReq' : 'ARes' }),
    ...('eci' in one ? {} : { eci: series[letter] ?? '07' }),
    ...(one.eci === undefined ? {} : { eci: one.eci }),
    ...(one.upstream && { upstream: one.upstream }),
    ...one.facts,
  };
  const plain = aFinalSession(letter === 'Y' ? 'approved' : 'attempted', facts, {
    challenged,
    attempt: { scheme, protocolVersion: version, connector: one.upstream ? 'checkout' : 'emv3ds' },
  });
  const { purchase } = plain.details;
  const challengeIndicator = one.challengeIndicator ?? purchase.challengeIndicator;
  return {
    ...plain,
    details: { ...plain.details, purchase: { ...purchase, authenticationCategory: category, challengeIndicator } },
  };
}

const dataOf = (one: Case = {}): Record<string, Record<string, unknown>> =>
  authorizationData(sessionOf(one), one.value === null ? null : new Secret(one.value ?? VALUE)) as Record<
    string,
    Record<string, unknown>
  >;

const GATEWAYS = ['checkout', 'adyen', 'stripe', 'braintree', 'worldpay'];
const given = (data: object): string[] => GATEWAYS.filter((name) => name in data);

describe('a frictionless payment', () => {
  it('has every gateway’s shape, complete', () => {
    expect(dataOf()).toEqual({
      session_id: encodeId('session', SESSION_ID),
      scheme: 'visa',
      liability_shift: 'yes',
      readable_until: new Date(AT.getTime() + 24 * 3_600_000).toISOString(),
      emv: {
        messageVersion: '2.2.0',
        messageCategory: '01',
        transStatus: 'Y',
        eci: '05',
        authenticationValue: VALUE,
        threeDSServerTransID: TRANSACTION_ID,
        dsTransID: DS_TRANSACTION_ID,
        acsTransID: ACS.transactionId,
        authenticationType: '02',
        acsReferenceNumber: ACS.referenceNumber,
        acsOperatorID: ACS.operatorId,
      },
      checkout: {
        external: {
          '3ds': {
            enabled: true,
            eci: '05',
            cryptogram: VALUE,
            xid: DS_TRANSACTION_ID,
            version: '2.2.0',
            status: 'Y',
            flow_type: 'frictionless',
            authentication_date: AT.toISOString(),
            authentication_amount: 6540,
          },
        },
      },
      adyen: {
        mpiData: {
          cavv: VALUE,
          eci: '05',
          dsTransID: DS_TRANSACTION_ID,
          threeDSVersion: '2.2.0',
          directoryResponse: 'Y',
        },
      },
      stripe: {
        payment_method_options: {
          card: {
            three_d_secure: {
              version: '2.2.0',
              transaction_id: DS_TRANSACTION_ID,
              cryptogram: VALUE,
              electronic_commerce_indicator: '05',
              ares_trans_status: 'Y',
            },
          },
        },
      },
      braintree: {
        three_d_secure_pass_thru: {
          eci_flag: '05',
          cavv: VALUE,
          ds_transaction_id: DS_TRANSACTION_ID,
          three_d_secure_version: '2.2.0',
        },
      },
      worldpay: {
        customer: {
          authentication: {
            type: '3DS',
            version: '2.2.0',
            eci: '05',
            authenticationValue: VALUE,
            transactionId: DS_TRANSACTION_ID,
          },
        },
      },
    });
  });
});

describe('a challenged payment', () => {
  it('tells the ARes from the result of the challenge', () => {
    const data = dataOf({ challenged: true });

    expect(data['adyen']).toMatchObject({ mpiData: { directoryResponse: 'C', authenticationResponse: 'Y' } });
    expect(data['stripe']).toMatchObject({
      payment_method_options: { card: { three_d_secure: { ares_trans_status: 'C' } } },
    });
    expect(data['checkout']).toMatchObject({ external: { '3ds': { status: 'Y', flow_type: 'challenged' } } });
    expect(data['emv']).toMatchObject({ transStatus: 'Y' });
  });

  it('carries why it was no more than an attempt', () => {
    const data = dataOf({ letter: 'A', challenged: true, facts: { transStatusReason: '14' } });

    expect(data['adyen']).toMatchObject({
      mpiData: { directoryResponse: 'C', authenticationResponse: 'A', transStatusReason: '14' },
    });
    expect(data['checkout']).toMatchObject({ external: { '3ds': { status: 'A', status_reason_code: '14' } } });
    expect(data['emv']).toMatchObject({ transStatus: 'A', transStatusReason: '14' });
  });
});

const schemes = SCHEMES.filter((scheme) => scheme !== 'cartes_bancaires');
const letters = ['Y', 'A', 'I'] as const;
const versions = ['2.1.0', '2.2.0', '2.3.1'] as const;

describe.each(schemes)('%s', (scheme) => {
  describe.each(letters)('with %s', (letter) => {
    it.each(versions)('in %s goes to every gateway with its own ECI and version', (version) => {
      const eci = (scheme === 'mastercard' ? MASTERCARD : GENERAL)[letter];

      const data = dataOf({ scheme, letter, version });

      expect(data['scheme']).toBe(scheme);
      expect(data['emv']).toMatchObject({ eci, messageVersion: version, transStatus: letter });
      expect(data['checkout']).toMatchObject({ external: { '3ds': { eci, version } } });
      expect(data['adyen']).toMatchObject({ mpiData: { eci, threeDSVersion: version, directoryResponse: letter } });
      expect(data['stripe']).toMatchObject({
        payment_method_options: { card: { three_d_secure: { electronic_commerce_indicator: eci, version } } },
      });
      expect(data['braintree']).toMatchObject({
        three_d_secure_pass_thru: { eci_flag: eci, three_d_secure_version: version },
      });
      expect(data['worldpay']).toMatchObject({ customer: { authentication: { eci, version } } });
      expect(data['missing']).toBeUndefined();
      expect(data['liability_shift']).toBe(letter === 'I' ? 'no' : 'yes');
    });
  });
});

describe('Cartes Bancaires', () => {
  it('lacks for Adyen and Stripe what its own messages do not tell us, and names it', () => {
    const data = dataOf({ scheme: 'cartes_bancaires' });

    expect(given(data)).toEqual(['checkout', 'braintree', 'worldpay']);
    expect(data['missing']).toEqual({
      adyen: ['mpiData.cavvAlgorithm', 'mpiData.riskScore'],
      stripe: ['payment_method_options.card.three_d_secure.network_options.cartes_bancaires.cb_avalgo'],
    });
  });

  it('is complete where an upstream told it', () => {
    const data = dataOf({ scheme: 'cartes_bancaires', upstream: CB });

    expect(given(data)).toEqual(GATEWAYS);
    expect(data['adyen']).toMatchObject({ mpiData: { cavvAlgorithm: '4', riskScore: '10' } });
    expect(data['checkout']).toMatchObject({ external: { '3ds': { cryptogram_algorithm: '4', score: '10' } } });
    expect(data['stripe']).toMatchObject({
      payment_method_options: {
        card: {
          network: 'cartes_bancaires',
          three_d_secure: {
            network_options: { cartes_bancaires: { cb_avalgo: '4', cb_score: 10, cb_exemption: 'AAAA' } },
          },
        },
      },
    });
  });

  it.each([
    ['an algorithm that is none', { avalgo: '9', score: '10' }, ['adyen', 'stripe']],
    ['a score out of range', { avalgo: 'A', score: '100' }, ['adyen']],
    ['nothing that can be read', 'cartes_bancaires', ['adyen', 'stripe']],
  ])('does not believe an upstream that tells %s', (_what, scheme_info, left_out) => {
    const data = dataOf({ scheme: 'cartes_bancaires', upstream: { sessionId: UPSTREAM_ID, members: { scheme_info } } });

    expect(Object.keys(data['missing'] ?? {})).toEqual(left_out);
  });
});

describe('a session of the Checkout.com connector', () => {
  it('can be authorized there by its id', () => {
    expect(dataOf({ upstream: { sessionId: UPSTREAM_ID } })['checkout']).toMatchObject({
      by_identifier: { '3ds': { enabled: true, authentication_id: UPSTREAM_ID } },
      external: { '3ds': { cryptogram: VALUE } },
    });
  });

  it('can so even without its authentication value', () => {
    const data = dataOf({ upstream: { sessionId: UPSTREAM_ID }, value: null });

    expect(data['checkout']).toEqual({ by_identifier: { '3ds': { enabled: true, authentication_id: UPSTREAM_ID } } });
    expect(data['missing']).toMatchObject({ checkout: ['3ds.cryptogram'] });
  });

  it('is authorized with the xid that was told there', () => {
    const upstream = { sessionId: UPSTREAM_ID, members: { xid: 'MDAwMDAwMDAwMDAwMDAwMDAwMDE=' } };

    const data = dataOf({ upstream });

    expect(data['checkout']).toMatchObject({ external: { '3ds': { xid: upstream.members.xid } } });
    expect(data['adyen']).toMatchObject({ mpiData: { dsTransID: DS_TRANSACTION_ID } });
  });

  it('names the id where it was lost', () => {
    expect(dataOf({ upstream: {} })['missing']).toEqual({ checkout: ['3ds.authentication_id'] });
  });
});

describe('data that were only shared (I)', () => {
  it('go without a value where the gateway takes that', () => {
    const data = dataOf({ letter: 'I', value: null });

    expect(data['liability_shift']).toBe('no');
    expect(data['emv']).toMatchObject({ transStatus: 'I', eci: '07' });
    expect(given(data)).toEqual(['worldpay']);
    expect(data['missing']).toEqual({
      checkout: ['3ds.cryptogram'],
      adyen: ['mpiData.cavv'],
      stripe: ['payment_method_options.card.three_d_secure.cryptogram'],
      braintree: ['three_d_secure_pass_thru.cavv'],
    });
  });

  it('acknowledge the risk analysis that was asked for', () => {
    const data = dataOf({ letter: 'I', challengeIndicator: 'transaction_risk_assessment' });

    expect(data['checkout']).toMatchObject({ external: { '3ds': { exemption: 'transaction_risk_assessment' } } });
    expect(data['stripe']).toMatchObject({
      payment_method_options: { card: { three_d_secure: { exemption_indicator: 'low_risk' } } },
    });
  });

  it.each(['low_value', 'trusted_listing', 'data_share', 'no_preference'])(
    'acknowledge no %s',
    (challengeIndicator) => {
      expect(JSON.stringify(dataOf({ letter: 'I', challengeIndicator }))).not.toMatch(/exemption/);
    },
  );
});

it('says nothing of an exemption that the issuer did not grant', () => {
  expect(JSON.stringify(dataOf({ challengeIndicator: 'transaction_risk_assessment' }))).not.toMatch(/exemption/);
});

it('names the exemption that an upstream applied', () => {
  const upstream = { sessionId: UPSTREAM_ID, members: { exemption: { requested: 'low_value', applied: 'low_value' } } };

  expect(dataOf({ upstream })['checkout']).toMatchObject({ external: { '3ds': { exemption: 'low_value' } } });
});

describe('the shift of liability', () => {
  it.each<[string, Case]>([
    ['an ECI that shows none', { eci: '07' }],
    ['an ECI that shows none, of Mastercard', { scheme: 'mastercard', eci: '06' }],
    ['an ECI of merchant-initiated payments, of Mastercard', { scheme: 'mastercard', eci: '07' }],
    ['an ECI that is not the scheme’s', { scheme: 'visa', eci: '02' }],
    ['an exemption', { upstream: { members: { exemption: { applied: 'transaction_risk_assessment' } } } }],
    ['an exemption that nobody else knows', { upstream: { members: { exemption: { applied: 'low_risk_program' } } } }],
  ])('is not promised beside %s', (_what, one) => {
    expect(dataOf(one)['liability_shift']).toBe('unknown');
  });

  it.each<[string, Case]>([
    ['no ECI', { eci: undefined }],
    ['no exemption applied', { upstream: { members: { exemption: { requested: 'low_value', applied: 'none' } } } }],
    ['the ECI of a co-badge', { scheme: 'cartes_bancaires', eci: '02' }],
  ])('is as the verdict says beside %s', (_what, one) => {
    expect(dataOf(one)['liability_shift']).toBe('yes');
  });
});

it('tells when the authentication took place as the session does', () => {
  const dated = (authentication_date: unknown): unknown =>
    dataOf({ upstream: { sessionId: UPSTREAM_ID, members: { authentication_date } } })['checkout'];
  const at = (authentication_date: string): object => ({ external: { '3ds': { authentication_date } } });

  expect(dated('2026-08-03T10:11:13.1234567Z')).toMatchObject(at('2026-08-03T10:11:13.123Z'));
  for (const told of ['yesterday', 5, '2026-08-03', '2026-13-45T10:11:13Z', null]) {
    expect(dated(told)).toMatchObject(at(AT.toISOString()));
  }
});

describe('a non-payment authentication', () => {
  const npa: Case = { category: 'non_payment', scheme: 'mastercard', eci: 'N2', value: null };

  it('goes to a SetupIntent without a value, and without an ECI that Stripe does not know', () => {
    const data = dataOf(npa);

    expect(data['emv']).toMatchObject({ messageCategory: '02', eci: 'N2' });
    expect(data['stripe']).toEqual({
      payment_method_options: {
        card: {
          three_d_secure: { version: '2.2.0', transaction_id: DS_TRANSACTION_ID, ares_trans_status: 'Y' },
        },
      },
    });
    expect(Object.keys(data['missing'] ?? {})).toEqual(['checkout', 'adyen', 'braintree', 'worldpay']);
    expect(data['liability_shift']).toBe('unknown');
  });

  it('has no amount that was authenticated', () => {
    const data = dataOf({ ...npa, value: VALUE });

    expect(data['checkout']).toMatchObject({ external: { '3ds': { cryptogram: VALUE } } });
    expect(JSON.stringify(data['checkout'])).not.toMatch(/authentication_amount/);
  });
});

describe('what a result does not have', () => {
  it.each<[string, Case, Record<string, string>]>([
    [
      'an ECI',
      { eci: undefined },
      {
        checkout: '3ds.eci',
        adyen: 'mpiData.eci',
        braintree: 'three_d_secure_pass_thru.eci_flag',
        worldpay: 'customer.authentication.eci',
      },
    ],
    [
      'a version that Stripe takes',
      { version: '2.0.1' },
      { stripe: 'payment_method_options.card.three_d_secure.version' },
    ],
  ])('is named: %s', (_what, one, missing) => {
    const data = dataOf(one);

    expect(data['missing']).toEqual(Object.fromEntries(Object.entries(missing).map(([name, path]) => [name, [path]])));
    expect(given(data)).toEqual(GATEWAYS.filter((name) => !(name in missing)));
  });

  it('is named also where it is the id of the directory server', () => {
    const { dsTransactionId: _left, ...facts } = aresFacts('Y', { eci: '05' });
    const data = authorizationData(aFinalSession('approved', facts), new Secret(VALUE));

    expect(given(data)).toEqual([]);
    expect(data['missing']).toMatchObject({ adyen: ['mpiData.dsTransID'], checkout: ['3ds.xid'] });
  });
});

it('calls the trusted list as the version does', () => {
  const facts = { whiteListStatus: 'Y', whiteListStatusSource: '03' };

  expect(dataOf({ facts })['emv']).toMatchObject({ whiteListStatus: 'Y', whiteListStatusSource: '03' });
  expect(dataOf({ facts, version: '2.3.1' })['emv']).toMatchObject({
    trustListStatus: 'Y',
    trustListStatusSource: '03',
  });
});

/** Every value at any depth, with its path. */
function* valuesIn(value: unknown, path = ''): Generator<[string, unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* valuesIn(member, `${path}.${name}`);
}

describe('whatever was learned', () => {
  const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(some, { nil: undefined });
  const word = fc.constantFrom('', '05', '07', 'N2', 'x');
  const anyFacts = fc.record({
    dsTransactionId: maybe(word),
    dsReferenceNumber: maybe(word),
    eci: maybe(word),
    transStatus: maybe(fc.constantFrom<TransStatus>('Y', 'A', 'I', 'C', 'D', 'N')),
    transStatusReason: maybe(word),
    challengeCancel: maybe(word),
    whiteListStatus: maybe(word),
    acs: maybe(fc.record({ transactionId: word, operatorId: maybe(word) }, { requiredKeys: ['transactionId'] })),
    upstream: maybe(
      fc.record({
        sessionId: maybe(word),
        members: fc.dictionary(fc.constantFrom('scheme_info', 'exemption'), fc.jsonValue()),
      }),
    ),
  });
  const any = fc.record({
    facts: anyFacts,
    scheme: fc.constantFrom(...SCHEMES),
    version: fc.constantFrom('', '2.0.1', ...versions),
    category: fc.constantFrom('payment' as const, 'non_payment' as const),
    challenged: fc.boolean(),
    value: fc.constantFrom(null, '', VALUE),
    connector: fc.constantFrom('emv3ds', 'checkout'),
    status: fc.constantFrom('approved' as const, 'attempted' as const),
  });

  it('no member is undefined, null or empty, and each gateway is either given or said to lack something', () => {
    fc.assert(
      fc.property(any, ({ facts, scheme, version, category, challenged, value, connector, status }) => {
        const plain = aFinalSession(status, facts, {
          challenged,
          attempt: { scheme, protocolVersion: version, connector },
        });
        plain.details.purchase.authenticationCategory = category;

        const data = authorizationData(plain, value === null ? null : new Secret(value));

        for (const [path, one] of valuesIn(data)) {
          expect([path, one]).not.toEqual([path, undefined]);
          expect([path, one]).not.toEqual([path, null]);
          expect([path, one]).not.toEqual([path, '']);
          if (typeof one === 'object' && one !== null) expect([path, Object.keys(one).length]).not.toEqual([path, 0]);
        }
        const missing = (data['missing'] ?? {}) as Record<string, unknown>;
        for (const name of GATEWAYS) expect(name in data || name in missing).toBe(true);
        for (const name of GATEWAYS.slice(1)) expect(name in data && name in missing).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
