import type { Header, JsonSchema, Operation, Parameter, PathItem, Response } from './document.types';
import { json, schemaRef } from './document.types';
import { EXAMPLES } from './examples';
import { refusals, STANDARD_HEADERS } from './responses';

const TOKEN = [{ OAuth: ['sessions:app'] }, { OAuth: ['sessions:browser'] }];
const SECRET = [{ SessionSecret: [] }];
const PUBLIC_KEY = [{ PublicKey: [] }];
const OPEN = [] as const;

const REPLAYED: Readonly<Record<string, Header>> = {
  'Idempotent-Replayed': {
    description: 'The answer was made before, for the first request with this key',
    schema: { type: 'string', const: 'true' },
    'x-extension': true,
  },
};

const answer = (description: string, content: Response['content'], headers: Response['headers'] = {}): Response => ({
  description,
  headers: { ...STANDARD_HEADERS, ...headers },
  ...(content && { content }),
});

const requestBody = (content: NonNullable<Response['content']>): NonNullable<Operation['requestBody']> => ({
  required: true,
  content,
});

const byInstrument = [{ $ref: '#/components/parameters/InstrumentId' }];

const byId = [{ $ref: '#/components/parameters/SessionId' }];

const idempotencyKey = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  'x-extension': true,
});

const webhookHeader = (name: string, description: string, schema: JsonSchema, required = true): Parameter => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', ...schema },
  'x-extension': true,
});

export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  SessionId: { name: 'id', in: 'path', required: true, description: 'Session id', schema: schemaRef('SessionId') },
  InstrumentId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Instrument id',
    schema: { type: 'string', pattern: '^src_[a-z2-7]{26}$' },
  },
  ChannelHeader: {
    name: 'channel',
    in: 'header',
    required: false,
    description: '`app` leaves the 3DS Method out of `next_actions`; other values are ignored',
    schema: { type: 'string', examples: ['browser', 'app'] },
  },
  CkoIdempotencyKey: idempotencyKey(
    'Cko-Idempotency-Key',
    'The same request with the same key has its effect once, for 24 hours, and gets the same answer again',
  ),
  IdempotencyKey: idempotencyKey('Idempotency-Key', 'The same by its common name; the other one wins'),
};

/** The callback, as the merchant's own address is called. */
export const PATH_ITEMS: Readonly<Record<string, PathItem>> = {
  SessionCallback: {
    post: {
      operationId: 'sessionCallback',
      tags: ['Callbacks'],
      summary: 'The result of a session, sent to its `callback_url`',
      description:
        'Sent while `complete` is served, and by ourselves 5 minutes after the end where nobody completes. Answer 2xx within 7 seconds; anything else is tried again for about three days. It may come more than once, with the same `webhook-id`. Where an operator has tried a session again, one with `retry_of` and status `pending` tells of the new session, and its result follows. Headers are those of Standard Webhooks (standardwebhooks.com): verify the signature with the `whsec_` secret of the processing channel.',
      security: OPEN,
      parameters: [
        webhookHeader('webhook-id', 'The same over all tries of a message', { pattern: '^msg_\\w{26}$' }),
        webhookHeader('webhook-timestamp', 'Seconds since 1970, of this try', { pattern: '^\\d+$' }),
        webhookHeader(
          'webhook-signature',
          'Where the channel has a secret',
          { examples: ['v1,K5oZfzN95Z9UVu1E='] },
          false,
        ),
      ],
      requestBody: requestBody(json('SessionCallback', EXAMPLES.callback)),
      responses: {
        '2XX': { description: 'Acknowledged' },
        '4XX': { description: 'Not acknowledged: tried again' },
        '5XX': { description: 'Not acknowledged: tried again' },
      },
    },
  },
};

const token: Operation = {
  operationId: 'requestAccessToken',
  tags: ['Access'],
  summary: 'Get an access token',
  description:
    'OAuth 2.0 client credentials, with the client id and secret of an access key: by HTTP Basic, as form fields, or both at once. Errors are those of RFC 6749: 400 also for bad credentials.',
  security: [{ BasicClient: [] }, {}],
  requestBody: requestBody({ 'application/x-www-form-urlencoded': { schema: schemaRef('TokenRequest') } }),
  responses: {
    '200': answer('A token', json('TokenResponse')),
    '400': answer('No token', json('TokenError', EXAMPLES.tokenRefused)),
    ...refusals(),
  },
};

const keys: Operation = {
  operationId: 'getSigningKeys',
  tags: ['Access'],
  summary: 'The public keys of our access tokens',
  description: 'For those who want to verify a token themselves (RFC 7517). Keep it for a minute at most.',
  security: OPEN,
  responses: { '200': answer('Keys', json('KeySet')), ...refusals() },
};

const create: Operation = {
  operationId: 'requestSession',
  tags: ['Sessions'],
  summary: 'Request a session',
  description:
    '201 when the issuer side was asked, whatever it said. 202 when it is your turn first: follow `next_actions`. Fields that the contract does not know are ignored, and null counts as absent.',
  security: TOKEN,
  parameters: [
    { $ref: '#/components/parameters/CkoIdempotencyKey' },
    { $ref: '#/components/parameters/IdempotencyKey' },
  ],
  requestBody: requestBody(json('SessionRequest', EXAMPLES.create)),
  responses: {
    '201': answer('Asked and answered', json('SessionCreated', EXAMPLES.created), REPLAYED),
    '202': answer('Further action required', json('SessionAccepted', EXAMPLES.accepted), REPLAYED),
    ...refusals('400', '401', '403', '409', '413', '415', '422', '501'),
  },
  callbacks: {
    sessionCompleted: {
      '{$request.body#/completion/callback_url}': { $ref: '#/components/pathItems/SessionCallback' },
    },
  },
};

const get: Operation = {
  operationId: 'getSessionDetails',
  tags: ['Sessions'],
  summary: 'Get a session',
  security: [...TOKEN, ...SECRET],
  parameters: [{ $ref: '#/components/parameters/ChannelHeader' }],
  responses: { '200': answer('The session', json('Session')), ...refusals('401', '403', '404') },
};

const collectData: Operation = {
  operationId: 'updateSession',
  tags: ['Sessions'],
  summary: 'Supply the data of the cardholder’s device',
  description:
    'Starts the authentication. Without `three_ds_method_completion` it goes on as if the method had not ended.',
  security: [...TOKEN, ...SECRET],
  requestBody: requestBody(json('ChannelData', EXAMPLES.channelData)),
  responses: {
    '200': answer('The session after it', json('Session')),
    ...refusals('400', '401', '403', '404', '409', '413', '415', '422', '501'),
  },
};

const issuerFingerprint: Operation = {
  operationId: 'updateThreeDsMethodCompletion',
  tags: ['Sessions'],
  summary: 'Report the end of the 3DS Method',
  security: [{ OAuth: ['sessions:browser'] }, ...SECRET],
  requestBody: requestBody(json('MethodCompletion', EXAMPLES.methodCompletion)),
  responses: {
    '200': answer('The session after it', json('SessionAfterFingerprint')),
    ...refusals('400', '401', '403', '404', '409', '413', '415', '422'),
  },
};

const complete: Operation = {
  operationId: 'completeSession',
  tags: ['Sessions'],
  summary: 'Complete a session',
  description: 'Once it is final. Sends the callback and waits for its answer. No body; an empty one is accepted.',
  security: [...TOKEN, ...SECRET],
  responses: {
    '204': answer('Completed', undefined),
    ...refusals('400', '401', '403', '404', '409', '413', '415', '502'),
  },
};

const authorizationData: Operation = {
  operationId: 'getAuthorizationData',
  tags: ['Sessions'],
  summary: 'Get the result as payment gateways want it',
  description:
    'Ours, beyond the contract. For sessions that are `approved` or `attempted`, for 24 hours from creation, with an access token only. Every answer is noted in the access log. 403 says why there is none: `authentication_not_final`, `authentication_not_authorizable`, `authentication_data_expired`, `operation_not_allowed_for_session_secret`.',
  security: TOKEN,
  responses: {
    '200': answer('The result', json('AuthorizationData', EXAMPLES.authorizationData)),
    ...refusals('401', '403', '404'),
  },
};

const createToken: Operation = {
  operationId: 'requestCardToken',
  tags: ['Cards'],
  summary: 'Hand a card over',
  description:
    'For the cardholder’s browser, from any origin (or those that the key names: else 403 `origin_not_allowed`). The token stands for the card in one session, for 15 minutes, so that no server of yours sees a number. Bodies up to 16 KiB.',
  security: PUBLIC_KEY,
  requestBody: requestBody(json('CardTokenRequest', EXAMPLES.card)),
  responses: {
    '201': answer('A token', json('CardToken', EXAMPLES.cardToken)),
    ...refusals('400', '401', '403', '413', '415', '422'),
  },
};

const getInstrument: Operation = {
  operationId: 'getInstrument',
  tags: ['Cards'],
  summary: 'Look at a card that you keep',
  security: TOKEN,
  responses: { '200': answer('The card, masked', json('Instrument')), ...refusals('401', '403', '404') },
};

const deleteInstrument: Operation = {
  operationId: 'deleteInstrument',
  tags: ['Cards'],
  summary: 'Delete a card that you keep',
  description: 'It is erased at once. Sessions that have begun with it go on with a copy of their own.',
  security: TOKEN,
  responses: { '204': answer('Deleted', undefined), ...refusals('400', '401', '403', '404', '413', '415') },
};

const live: Operation = {
  operationId: 'isAlive',
  tags: ['Health'],
  summary: 'The process runs',
  security: OPEN,
  responses: { '200': answer('It does', json('Health')) },
};

const ready: Operation = {
  operationId: 'isReady',
  tags: ['Health'],
  summary: 'Every part is ready to serve',
  security: OPEN,
  responses: { '200': answer('Ready', json('Health')), '503': answer('Not ready', json('Health')) },
};

/** Every operation that is offered to merchants and to those who run the server, in the order of reading. */
export const PATHS: Readonly<Record<string, PathItem>> = {
  '/connect/token': { post: token },
  '/.well-known/jwks.json': { get: keys },
  '/sessions': { post: create },
  '/sessions/{id}': { parameters: byId, get },
  '/sessions/{id}/collect-data': { parameters: byId, put: collectData },
  '/sessions/{id}/issuer-fingerprint': { parameters: byId, put: issuerFingerprint },
  '/sessions/{id}/complete': { parameters: byId, post: complete },
  '/sessions/{id}/authorization-data': { parameters: byId, get: authorizationData },
  '/tokens': { post: createToken },
  '/instruments/{id}': { parameters: byInstrument, get: getInstrument, delete: deleteInstrument },
  '/health/live': { get: live },
  '/health/ready': { get: ready },
};
