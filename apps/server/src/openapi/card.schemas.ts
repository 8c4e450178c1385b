import { schemaRef, type JsonSchema, type Schemas } from './document.types';

const SHOWN: Readonly<Record<string, JsonSchema>> = {
  expiry_month: { type: 'integer', minimum: 1, maximum: 12 },
  expiry_year: { type: 'integer' },
  scheme: {
    type: 'string',
    enum: [
      'Visa',
      'Mastercard',
      'American Express',
      'Cartes Bancaires',
      'JCB',
      'Diners Club International',
      'Discover',
    ],
    description: 'By the first digits; absent where they tell nothing',
  },
  last4: { type: 'string', pattern: '^\\d{4}$' },
  bin: { type: 'string', pattern: '^\\d{6}(\\d{2})?$' },
};
const ALWAYS_SHOWN = ['expiry_month', 'expiry_year', 'last4', 'bin'];

/** Cards that were handed over and cards that are kept, as they are told. */
export const CARD_SCHEMAS: Schemas = {
  CardToken: {
    type: 'object',
    required: ['type', 'token', 'expires_on', ...ALWAYS_SHOWN],
    properties: {
      type: { type: 'string', const: 'card' },
      token: {
        type: 'string',
        pattern: '^tok_[a-z2-7]{26}$',
        description: 'Stands for the card in one session: `source: {"type": "token", "token": …}`',
      },
      expires_on: { type: 'string', format: 'date-time', description: '15 minutes later' },
      ...SHOWN,
      name: { type: 'string', description: 'As it was sent' },
      billing_address: { ...schemaRef('CardholderAddress'), description: 'As it was sent' },
      phone: { ...schemaRef('CardholderPhone'), description: 'As it was sent' },
    },
  },
  Instrument: {
    type: 'object',
    required: ['id', 'type', 'fingerprint', ...ALWAYS_SHOWN, 'created_on', 'modified_on'],
    properties: {
      id: { type: 'string', pattern: '^src_[a-z2-7]{26}$' },
      type: { type: 'string', const: 'card' },
      fingerprint: {
        type: 'string',
        description: 'The same as `card.fingerprint` of sessions with this card; it tells other merchants nothing',
      },
      ...SHOWN,
      name: { type: 'string' },
      created_on: { type: 'string', format: 'date-time' },
      modified_on: { type: 'string', format: 'date-time', description: 'When expiry or name were last said' },
    },
  },
};
