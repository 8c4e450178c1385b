import { SCHEMES } from '@app/kernel';
import type { JsonSchema, Schemas } from './document.types';

type Members = Readonly<Record<string, JsonSchema>>;

const text = (description?: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  minLength: 1,
  ...(description && { description }),
  ...more,
});
const object = (properties: Members, required: readonly string[], description?: string): JsonSchema => ({
  type: 'object',
  ...(description && { description }),
  ...(required.length > 0 && { required }),
  properties,
});

const VALUE = text('Authentication value (CAVV, AAV), base64');
const ECI = text('As the directory server said it', { minLength: 2, maxLength: 2 });
const DS_TRANSACTION = text('Transaction id of the directory server (dsTransID)');
const VERSION = text(undefined, { examples: ['2.2.0'] });
const LETTER = text(undefined, { maxLength: 1 });

const EMV = object(
  {
    messageVersion: VERSION,
    messageCategory: text(undefined, { enum: ['01', '02'] }),
    transStatus: text(undefined, { enum: ['Y', 'A', 'I'] }),
    transStatusReason: text(),
    eci: ECI,
    authenticationValue: VALUE,
    threeDSServerTransID: text(),
    dsTransID: DS_TRANSACTION,
    acsTransID: text(),
    authenticationType: text(),
    challengeCancel: text(),
    whiteListStatus: text('Before 2.3'),
    whiteListStatusSource: text('Before 2.3'),
    trustListStatus: text('From 2.3 on'),
    trustListStatusSource: text('From 2.3 on'),
    dsReferenceNumber: text(),
    acsReferenceNumber: text(),
    acsOperatorID: text(),
  },
  ['messageVersion', 'messageCategory', 'threeDSServerTransID'],
  'By the names of EMV 3DS, for any other gateway',
);

const CHECKOUT = object(
  {
    external: object(
      {
        '3ds': object(
          {
            enabled: { type: 'boolean', const: true },
            eci: ECI,
            cryptogram: VALUE,
            xid: DS_TRANSACTION,
            version: VERSION,
            status: LETTER,
            status_reason_code: text(),
            flow_type: text(undefined, { enum: ['challenged', 'frictionless'] }),
            authentication_date: text(undefined, { format: 'date-time' }),
            authentication_amount: { type: 'integer', minimum: 0, description: 'Minor units' },
            exemption: text(),
            score: text('Cartes Bancaires'),
            cryptogram_algorithm: text('Cartes Bancaires'),
          },
          ['enabled', 'eci', 'cryptogram', 'xid', 'version', 'flow_type', 'authentication_date'],
        ),
      },
      ['3ds'],
      'As the result of another 3DS provider',
    ),
    by_identifier: object(
      {
        '3ds': object({ enabled: { type: 'boolean', const: true }, authentication_id: text('The session there') }, [
          'enabled',
          'authentication_id',
        ]),
      },
      ['3ds'],
      'Where the session was authenticated by Checkout.com',
    ),
  },
  [],
  'Checkout.com, `POST /payments`: one of the two',
);

const ADYEN = object(
  {
    mpiData: object(
      {
        cavv: VALUE,
        eci: ECI,
        dsTransID: DS_TRANSACTION,
        threeDSVersion: VERSION,
        directoryResponse: LETTER,
        authenticationResponse: { ...LETTER, description: 'Only after a challenge' },
        transStatusReason: text(),
        challengeCancel: text(),
        cavvAlgorithm: text('Cartes Bancaires'),
        riskScore: text('Cartes Bancaires'),
      },
      ['cavv', 'eci', 'dsTransID', 'threeDSVersion', 'directoryResponse'],
    ),
  },
  ['mpiData'],
  'Adyen, `POST /payments`',
);

const STRIPE_CARD = object(
  {
    network: text(undefined, { const: 'cartes_bancaires' }),
    three_d_secure: object(
      {
        version: VERSION,
        transaction_id: DS_TRANSACTION,
        cryptogram: VALUE,
        electronic_commerce_indicator: text(undefined, { enum: ['01', '02', '05', '06', '07'] }),
        ares_trans_status: LETTER,
        exemption_indicator: text(undefined, { const: 'low_risk' }),
        network_options: object(
          {
            cartes_bancaires: object(
              { cb_avalgo: text(), cb_score: { type: 'integer', minimum: 0, maximum: 99 }, cb_exemption: text() },
              ['cb_avalgo'],
            ),
          },
          ['cartes_bancaires'],
        ),
      },
      ['version', 'transaction_id'],
    ),
  },
  ['three_d_secure'],
);

const STRIPE = object(
  { payment_method_options: object({ card: STRIPE_CARD }, ['card']) },
  ['payment_method_options'],
  'Stripe, PaymentIntent or SetupIntent',
);

const BRAINTREE = object(
  {
    three_d_secure_pass_thru: object(
      { eci_flag: ECI, cavv: VALUE, ds_transaction_id: DS_TRANSACTION, three_d_secure_version: VERSION },
      ['eci_flag', 'cavv', 'ds_transaction_id', 'three_d_secure_version'],
    ),
  },
  ['three_d_secure_pass_thru'],
  'Braintree, `Transaction.sale`',
);

const WORLDPAY = object(
  {
    customer: object(
      {
        authentication: object(
          {
            type: text(undefined, { const: '3DS' }),
            version: VERSION,
            eci: ECI,
            authenticationValue: VALUE,
            transactionId: DS_TRANSACTION,
          },
          ['type', 'version', 'eci', 'transactionId'],
        ),
      },
      ['authentication'],
    ),
  },
  ['customer'],
  'Access Worldpay, payment authorization',
);

/** An authentication result in the shapes of payment APIs. */
export const AUTHORIZATION_SCHEMAS: Schemas = {
  AuthorizationData: object(
    {
      session_id: { $ref: '#/components/schemas/SessionId' },
      scheme: text(undefined, { enum: [...SCHEMES] }),
      liability_shift: text(undefined, { enum: ['yes', 'no', 'unknown'] }),
      readable_until: text('24 hours after creation', { format: 'date-time' }),
      emv: EMV,
      checkout: CHECKOUT,
      adyen: ADYEN,
      stripe: STRIPE,
      braintree: BRAINTREE,
      worldpay: WORLDPAY,
      missing: {
        type: 'object',
        description:
          'By member: what the result lacks, so that the member is left out. Paths in that gateway\u2019s request',
        additionalProperties: { type: 'array', minItems: 1, items: { type: 'string' } },
      },
    },
    ['session_id', 'scheme', 'liability_shift', 'readable_until', 'emv'],
    'Give the member of your gateway to it as it is. See docs/authorization.md',
  ),
};
