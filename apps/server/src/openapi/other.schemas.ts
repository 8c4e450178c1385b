import { ERROR_KINDS } from '@app/platform';
import type { Schemas } from './document.types';

/** Error types that the contract does not name: of HTTP itself, not of a session. */
const OWN_ERROR_TYPES = ['request_invalid', 'too_many_requests'];

/** What is not a session: tokens, keys, errors, health. */
export const OTHER_SCHEMAS: Schemas = {
  TokenRequest: {
    type: 'object',
    required: ['grant_type'],
    properties: {
      grant_type: { type: 'string', const: 'client_credentials' },
      client_id: {
        type: 'string',
        description: 'Required unless HTTP Basic is used',
        examples: ['ack_06h5e2r8p4xj0gk3c1m7n9t2vw'],
      },
      client_secret: { type: 'string', description: 'Required unless HTTP Basic is used' },
      scope: {
        type: 'string',
        description: 'Separated by spaces. Left out: all scopes of the access key',
        examples: ['sessions:app sessions:browser'],
      },
    },
  },
  TokenResponse: {
    type: 'object',
    required: ['access_token', 'token_type', 'expires_in', 'scope'],
    properties: {
      access_token: { type: 'string', description: 'A JWT (ES256, `at+jwt`). Do not take it apart' },
      token_type: { type: 'string', const: 'Bearer' },
      expires_in: { type: 'integer', minimum: 1, description: 'Seconds' },
      scope: { type: 'string' },
    },
  },
  TokenError: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'string',
        enum: ['invalid_request', 'invalid_client', 'unsupported_grant_type', 'invalid_scope'],
      },
    },
  },
  KeySet: {
    type: 'object',
    required: ['keys'],
    properties: {
      keys: {
        type: 'array',
        items: {
          type: 'object',
          required: ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y'],
          properties: {
            kty: { type: 'string', const: 'EC' },
            kid: { type: 'string' },
            use: { type: 'string', const: 'sig' },
            alg: { type: 'string', const: 'ES256' },
            crv: { type: 'string', const: 'P-256' },
            x: { type: 'string' },
            y: { type: 'string' },
          },
        },
      },
    },
  },
  Health: {
    type: 'object',
    required: ['status'],
    properties: {
      status: { type: 'string', enum: ['ok', 'not_ready'] },
      failing: { type: 'array', items: { type: 'string' }, description: 'The parts that are not ready' },
    },
  },
  Error: {
    type: 'object',
    required: ['request_id', 'error_type', 'error_codes'],
    properties: {
      request_id: { type: 'string', description: 'The same as the header `Cko-Request-Id`' },
      error_type: {
        type: 'string',
        enum: [...new Set(Object.values(ERROR_KINDS).map(({ errorType }) => errorType))],
        'x-extension-values': OWN_ERROR_TYPES,
      },
      error_codes: {
        type: 'array',
        items: { type: 'string' },
        description: 'Stable codes. Every failing field has one: `source_number_required`, `currency_invalid`',
      },
    },
  },
};
