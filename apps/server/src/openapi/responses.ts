import type { ErrorKind } from '@app/kernel';
import { ERROR_KINDS } from '@app/platform';
import type { Header, Ref, Response } from './document.types';

const REQUEST_ID = '5342217f-7fa2-4626-a6c9-c979a04671a6';

/** On every answer, errors included. */
export const STANDARD_HEADERS: Readonly<Record<string, Header>> = {
  'Cko-Request-Id': { description: 'Names this call in our logs', schema: { type: 'string' } },
  'Cko-Version': { description: 'Version of the API', schema: { type: 'string' } },
};

const RETRY_AFTER: Readonly<Record<string, Header>> = {
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'string', pattern: '^\\d+$' }, 'x-extension': true },
};

interface Refusal {
  readonly name: string;
  readonly kind: ErrorKind;
  readonly description: string;
  readonly codes: readonly string[];
}

/** The refusals of the API, by status: what each is called, says, and names as an example. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  '400': { name: 'Malformed', kind: 'malformed', description: 'The body cannot be read', codes: ['body_malformed'] },
  '401': {
    name: 'Unauthorized',
    kind: 'unauthenticated',
    description: 'Credentials are missing, wrong, expired or revoked',
    codes: ['unauthorized'],
  },
  '403': {
    name: 'Forbidden',
    kind: 'not_allowed',
    description: 'Not with this scope, not in this state, or not with this card',
    codes: ['update_not_allowed_due_to_state'],
  },
  '404': {
    name: 'NotFound',
    kind: 'not_found',
    description: 'Nothing of that id for these credentials',
    codes: ['session_not_found'],
  },
  '409': {
    name: 'Conflict',
    kind: 'duplicate_request',
    description: 'Another call is at work on it; on creation: the idempotency key is in use, or was used otherwise',
    codes: ['session_already_in_use'],
  },
  '413': {
    name: 'TooLarge',
    kind: 'too_large',
    description: 'More than 256 KiB; than 16 KiB for a card',
    codes: ['body_too_large'],
  },
  '415': {
    name: 'UnsupportedMediaType',
    kind: 'unsupported_media_type',
    description: 'Send `application/json`',
    codes: ['content_type_invalid'],
  },
  '422': {
    name: 'Unprocessable',
    kind: 'invalid_request',
    description: 'Validation failed; every failing field is named, and nothing was stored',
    codes: ['currency_required', 'source_number_invalid'],
  },
  '429': { name: 'TooManyRequests', kind: 'too_many', description: 'Slow down', codes: ['too_many_requests'] },
  '500': { name: 'InternalError', kind: 'internal', description: 'Our mistake', codes: ['unknown_error'] },
  '501': {
    name: 'NotImplemented',
    kind: 'not_implemented',
    description: 'Well formed, but this version does not carry it; nothing was stored',
    codes: ['app_not_supported'],
  },
  '502': {
    name: 'CallbackFailed',
    kind: 'callback_failed',
    description: 'The callback address did not answer 2xx within 7 seconds. Complete again, or wait for our next try',
    codes: ['session_callback_failed'],
  },
  '503': {
    name: 'Unavailable',
    kind: 'unavailable',
    description: 'Not now: overloaded, or a part is not reachable',
    codes: ['service_not_available'],
  },
};

/** The statuses that any call to the API may be refused with. */
const ALWAYS = ['429', '500', '503'];

/** References to the refusals with these statuses, and to those that any call may meet. */
export function refusals(...statuses: string[]): Record<string, Ref> {
  return Object.fromEntries(
    [...statuses, ...ALWAYS].map((status) => [status, { $ref: `#/components/responses/${REFUSALS[status]?.name}` }]),
  );
}

/** What a document says of a refusal in words of its own. */
type Wording = Partial<Pick<Refusal, 'description' | 'codes'>>;

/** The refusals as components of a document, by status in the words of `wordings` where there are some. */
export const refusalResponses = (wordings: Readonly<Record<string, Wording>> = {}): Record<string, Response> =>
  Object.fromEntries(
    Object.entries(REFUSALS).map(([status, refusal]) => [
      refusal.name,
      refusalResponse({ ...refusal, ...wordings[status] }),
    ]),
  );

function refusalResponse({ kind, description, codes }: Refusal): Response {
  return {
    description,
    headers: { ...STANDARD_HEADERS, ...(kind === 'too_many' || kind === 'unavailable' ? RETRY_AFTER : {}) },
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/Error' },
        examples: {
          [kind]: {
            value: { request_id: REQUEST_ID, error_type: ERROR_KINDS[kind].errorType, error_codes: codes },
          },
        },
      },
    },
  };
}
