import { SCHEMES } from '@app/kernel';
import { schemaRef, type JsonSchema, type Schemas } from './document.types';

type Members = Readonly<Record<string, JsonSchema>>;

const words = (...values: string[]): JsonSchema => ({ type: 'string', enum: values });
const text = (more: JsonSchema = {}): JsonSchema => ({ type: 'string', ...more });
const flag = (description?: string): JsonSchema => ({ type: 'boolean', ...(description && { description }) });
const object = (properties: Members, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  ...(required.length > 0 && { required }),
  properties,
});

const UUID = text({ format: 'uuid', minLength: 36, maxLength: 36 });
const TWO_DIGITS = text({ pattern: '^\\d{2}$', minLength: 2, maxLength: 2 });

/** Known as soon as the session exists. */
const EARLY: Members = {
  id: schemaRef('SessionId'),
  session_secret: schemaRef('SessionSecretValue'),
  transaction_id: { ...UUID, description: 'The 3DS Server transaction id' },
  scheme: schemaRef('Scheme'),
  amount: { type: 'integer', minimum: 0, description: 'Minor units' },
  currency: text({ pattern: '^[A-Z]{3}$' }),
  completed: flag('False until `complete` was called, or we completed by ourselves'),
  authentication_type: schemaRef('AuthenticationType'),
  authentication_category: schemaRef('AuthenticationCategory'),
  challenge_indicator: schemaRef('ChallengeIndicator'),
  status: schemaRef('Status'),
  protocol_version: text({ maxLength: 50, examples: ['2.2.0'] }),
  reference: text({ maxLength: 100 }),
  transaction_type: schemaRef('TransactionType'),
  next_actions: { type: 'array', items: schemaRef('NextAction'), description: 'Empty when nothing is left to do' },
  account_info: schemaRef('AccountInfo'),
  merchant_risk_info: schemaRef('MerchantRiskInfo'),
  recurring: schemaRef('Recurring'),
  installment: schemaRef('Installment'),
  initial_transaction: schemaRef('InitialTransaction'),
  ds: schemaRef('Ds'),
  card: schemaRef('Card'),
  preferred_experiences: schemaRef('PreferredExperiences'),
  experience: schemaRef('Experience'),
  upstream: schemaRef('UpstreamSession'),
  _links: schemaRef('Links'),
};

const DATED: Members = {
  certificates: schemaRef('Certificates'),
  authentication_date: text({ format: 'date-time', description: 'When the session was made' }),
};

/** What the issuer side's word brings. */
const OUTCOME: Members = {
  challenged: flag('Only in a final status'),
  status_reason: schemaRef('StatusReason'),
  approved: flag('Only in a final status: true for `approved` and `attempted`'),
  acs: schemaRef('Acs'),
  response_code: schemaRef('ResponseCode'),
  response_status_reason: { ...TWO_DIGITS, description: 'EMV transStatusReason; only beside a code other than Y' },
  cryptogram: text({ minLength: 28, maxLength: 28, description: 'Access tokens only, for 24 hours from creation' }),
  eci: { ...TWO_DIGITS, description: 'Access tokens only' },
  xid: text({ description: 'For the authorization; only in a final status' }),
  '3ds': schemaRef('ThreeDs'),
  verdict: schemaRef('Verdict'),
};

/** What the answer to a 3DS Method report leaves out. */
const LATE: Members = {
  cardholder_info: text({ description: 'The issuer’s text; show it to the cardholder' }),
  exemption: schemaRef('Exemption'),
  flow_type: words('challenged', 'frictionless'),
  scheme_info: schemaRef('SchemeInfo'),
};

const REQUIRED = [
  'id',
  'transaction_id',
  'scheme',
  'amount',
  'currency',
  'completed',
  'authentication_type',
  'authentication_category',
  'challenge_indicator',
  'status',
  'protocol_version',
  'next_actions',
  'ds',
  'card',
  '_links',
];

const experience = object({ status: words('unprocessed', 'processed', 'unavailable'), reason: list(text()) }, [
  'status',
  'reason',
]);

function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

const link = (description: string): JsonSchema => ({ ...schemaRef('Link'), description });

/** What the session endpoints answer with, in the words of the contract; members of our own are marked `x-extension`. */
export const SESSION_SCHEMAS: Schemas = {
  SessionCreated: {
    ...object({ ...EARLY, ...DATED, ...OUTCOME, ...LATE }, [...REQUIRED, 'session_secret', 'authentication_date']),
    description: 'The issuer side was asked: whatever it said is here.',
  },
  SessionAccepted: {
    ...object({ ...EARLY, ...DATED }, [...REQUIRED, 'session_secret', 'authentication_date']),
    description: 'Nothing was asked of the issuer side yet: follow `next_actions`.',
  },
  Session: {
    ...object({ ...EARLY, ...DATED, ...OUTCOME, ...LATE }, [...REQUIRED, 'authentication_date']),
    description: 'A caller with the session secret does not see `session_secret`, `cryptogram` and `eci`.',
  },
  SessionAfterFingerprint: object({ ...EARLY, ...OUTCOME }, REQUIRED),
  SessionId: text({
    pattern: '^(sid)_(\\w{26})$',
    minLength: 30,
    maxLength: 30,
    examples: ['sid_06h5e2r8p4xj0gk3c1m7n9t2vw'],
  }),
  SessionSecretValue: text({
    pattern: '^(sek)_(.{44})$',
    minLength: 48,
    maxLength: 48,
    description: 'Opens this one session, until 15 minutes after its end. Given to callers with an access token only',
  }),
  Scheme: words(...SCHEMES),
  AuthenticationType: words('regular', 'recurring', 'installment', 'maintain_card', 'add_card'),
  AuthenticationCategory: words('payment', 'non_payment'),
  TransactionType: words(
    'goods_service',
    'check_acceptance',
    'account_funding',
    'quasi_card_transaction',
    'prepaid_activation_and_load',
  ),
  ChallengeIndicator: words(
    'no_preference',
    'no_challenge_requested',
    'challenge_requested',
    'challenge_requested_mandate',
    'low_value',
    'trusted_listing',
    'trusted_listing_prompt',
    'transaction_risk_assessment',
    'data_share',
  ),
  Status: {
    ...words(
      'pending',
      'processing',
      'challenged',
      'approved',
      'attempted',
      'declined',
      'rejected',
      'unavailable',
      'challenge_abandoned',
      'expired',
    ),
    description: 'The first three are open; the others are final and never change.',
  },
  StatusReason: {
    ...words('ares_error', 'ares_status', 'rreq_error', 'rreq_status', 'risk_declined'),
    description: 'Why the session is `unavailable`, or `declined` without an issuer’s word',
  },
  NextAction: words(
    'redirect_cardholder',
    'collect_channel_data',
    'issuer_fingerprint',
    'challenge_cardholder',
    'complete',
  ),
  ResponseCode: { ...words('Y', 'N', 'U', 'A', 'C', 'D', 'R', 'I'), description: 'EMV transStatus' },
  Experience: words('3ds', 'google_spa'),
  Link: object({ href: text() }, ['href']),
  Links: object(
    {
      self: schemaRef('Link'),
      redirect_url: link('Our page, of a hosted session; while `next_actions` has `redirect_cardholder`'),
      success_url: link('Of a hosted session'),
      failure_url: link('Of a hosted session'),
      callback_url: schemaRef('Link'),
      collect_channel_data: link('While `next_actions` has it'),
      issuer_fingerprint: link('While `next_actions` has it'),
      three_ds_method_url: link('The issuer’s own address; while `next_actions` has `issuer_fingerprint`'),
      complete: link('While `next_actions` has it'),
    },
    ['self'],
  ),
  Ds: {
    ...object({
      ds_id: text({ maxLength: 32 }),
      reference_number: text({ maxLength: 32 }),
      transaction_id: UUID,
    }),
    description: 'The directory server',
  },
  Acs: {
    ...object(
      {
        reference_number: text({ maxLength: 32 }),
        transaction_id: UUID,
        operator_id: text({ maxLength: 32 }),
        challenge_mandated: flag(),
        url: text({ maxLength: 2048, description: 'Post `3ds.challenge_request` to it as `creq`' }),
        signed_content: text({ description: 'Give it to the app’s 3DS SDK, which then shows the challenge' }),
        interface: words('native_ui', 'html'),
        ui_template: words('text', 'single_select', 'multi_select', 'oob', 'html_other'),
        authentication_type: TWO_DIGITS,
        challenge_cancel_reason: words(
          'cardholder_cancel',
          'transaction_timed_out',
          'challenge_timed_out',
          'transaction_error',
          'unknown',
          'sdk_timed_out',
        ),
        challenge_cancel_reason_code: TWO_DIGITS,
      },
      ['reference_number', 'transaction_id', 'operator_id', 'challenge_mandated'],
    ),
    description: 'The issuer’s access control server',
  },
  Card: object(
    {
      instrument_id: text({ pattern: '^src_\\w{26}$' }),
      fingerprint: text({ description: 'The same for the same number of one merchant' }),
      metadata: schemaRef('CardMetadata'),
    },
    ['instrument_id', 'fingerprint'],
  ),
  CardMetadata: {
    ...object({
      card_type: words('CREDIT', 'DEBIT', 'PREPAID', 'CHARGE', 'DEFERRED DEBIT'),
      card_category: words('CONSUMER', 'COMMERCIAL'),
      issuer_name: text(),
      issuer_country: text({ pattern: '^[A-Z]{2}$' }),
      product_id: text(),
      product_type: text(),
    }),
    description: 'As an upstream told it; empty for a session of our own 3DS Server',
  },
  Certificates: {
    ...object({
      ds_public: text({ maxLength: 1024, description: 'Base64url JWK of the directory server' }),
      ca_public: text({ maxLength: 1024, description: 'Base64url DER X.509' }),
      ca_public_all: list(text()),
    }),
    description: 'What an app’s 3DS SDK needs, as an upstream told it. Access tokens only',
  },
  SchemeInfo: {
    ...object({ name: words('cartes_bancaires', 'visa', 'mastercard'), score: text(), avalgo: text() }),
    description: 'The scheme’s own data for the authorization, as an upstream told it',
  },
  UpstreamSession: {
    ...object(
      {
        connector: text({ examples: ['checkout'] }),
        session_id: text({ examples: ['sid_y3oqhf46pyzuxjbcn2giaqnb44'] }),
      },
      ['connector', 'session_id'],
    ),
    description: 'The session at an upstream: a payment at that upstream’s gateway can name it. Access tokens only',
    'x-extension': true,
  },
  PreferredExperiences: object({ '3ds': experience, google_spa: experience }),
  ThreeDs: object({
    challenge_request: text({ description: 'The CReq, in base64url' }),
    interaction_counter: text({ maxLength: 2 }),
    error_details: schemaRef('ErrorDetails'),
  }),
  ErrorDetails: {
    ...object({
      error_code: text(),
      error_component: text(),
      error_detail: text({ maxLength: 2048 }),
      error_description: text({ maxLength: 2048 }),
    }),
    description: 'An EMV error message, as received or sent',
  },
  Exemption: object(
    {
      requested: text({ description: 'The one that `challenge_indicator` asked for' }),
      applied: words(
        'none',
        'low_value',
        'transaction_risk_assessment',
        'secure_corporate_payment',
        'trusted_listing',
        '3ds_outage',
        'sca_delegation',
        'out_of_sca_scope',
        'other',
        'low_risk_program',
      ),
      code: text({ description: 'Cartes Bancaires only' }),
      trusted_beneficiary: object({
        status: words('Y', 'N', 'E', 'P', 'R', 'U'),
        source: { ...TWO_DIGITS, description: '01 3DS Server, 02 directory server, 03 ACS, 80 to 99 its own' },
      }),
    },
    ['applied'],
  ),
  Verdict: {
    ...object(
      {
        decided_by: words('issuer', 'directory_server', 'cardholder', 'nobody'),
        liability_shift: words('yes', 'no', 'unknown'),
        advice: words(
          'authorize',
          'authorize_without_shift',
          'do_not_authorize',
          'retry_or_authorize_without_shift',
          'retry',
        ),
        text: text({ description: 'One sentence for people' }),
      },
      ['decided_by', 'liability_shift', 'advice', 'text'],
    ),
    description: 'What the result means, once it is final: who decided, whether liability shifts, what to do next.',
    'x-extension': true,
  },
  SessionCallback: {
    ...object(
      {
        session_id: schemaRef('SessionId'),
        retry_of: {
          ...schemaRef('SessionId'),
          description: 'The session in whose place an operator made this one; with status `pending` it says only that',
          'x-extension': true,
        },
        amount: { type: 'integer', minimum: 0 },
        currency: text({ pattern: '^[A-Z]{3}$' }),
        status: schemaRef('Status'),
        approved: flag(),
        challenged: flag(),
        authentication_type: schemaRef('AuthenticationType'),
        authentication_category: schemaRef('AuthenticationCategory'),
        reference: text(),
        protocol_version: text(),
        response_code: schemaRef('ResponseCode'),
        response_reason: { ...TWO_DIGITS, description: 'The same value as `response_status_reason`' },
        response_status_reason: { ...TWO_DIGITS, 'x-extension': true },
        cryptogram: text({ description: 'While it exists: 24 hours from the creation of the session' }),
        eci: TWO_DIGITS,
        xid: text(),
        cardholder_info: text(),
      },
      ['session_id', 'amount', 'currency', 'status', 'approved', 'challenged'],
    ),
    description: 'The result of a session. Read the session with an access token where you need to be sure.',
  },
};
