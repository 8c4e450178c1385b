/** The response contract (sessions-api.md section 6) as data, and the little that it takes to check a body against it. */

type Rule =
  | { kind: 'text'; pattern?: RegExp; max?: number }
  | { kind: 'word'; words: readonly string[] }
  | { kind: 'integer' }
  | { kind: 'flag' }
  | { kind: 'free' }
  | { kind: 'list'; of: Rule }
  | { kind: 'object'; required: Members; optional: Members };
type Members = Readonly<Record<string, Rule>>;

const text = (pattern?: RegExp, max?: number): Rule => ({
  kind: 'text',
  ...(pattern === undefined ? {} : { pattern }),
  ...(max === undefined ? {} : { max }),
});
const word = (...words: string[]): Rule => ({ kind: 'word', words });
const object = (required: Members, optional: Members = {}): Rule => ({ kind: 'object', required, optional });

const UUID = text(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const FLAG: Rule = { kind: 'flag' };
const FREE: Rule = { kind: 'free' };
const INTEGER: Rule = { kind: 'integer' };
/** At most seven digits of a fraction: one SDK tries a fixed list of formats (section 11, item 8). */
const INSTANT = text(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$/);
const LINK = object({ href: text(/^https?:\/\//) });
const SERIES = { days_between_payments: INTEGER, expiry: text(/^\d{8}$/) };

const LINKS = object(
  { self: LINK },
  {
    redirect_url: LINK,
    success_url: LINK,
    failure_url: LINK,
    callback_url: LINK,
    collect_channel_data: LINK,
    issuer_fingerprint: LINK,
    three_ds_method_url: LINK,
    complete: LINK,
  },
);

const ACS = object(
  {
    reference_number: text(undefined, 32),
    transaction_id: UUID,
    operator_id: text(undefined, 32),
    challenge_mandated: FLAG,
  },
  {
    url: text(undefined, 2048),
    signed_content: text(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    interface: word('native_ui', 'html'),
    ui_template: word('text', 'single_select', 'multi_select', 'oob', 'html_other'),
    authentication_type: text(/^\d{2}$/),
    challenge_cancel_reason: word(
      'cardholder_cancel',
      'transaction_timed_out',
      'challenge_timed_out',
      'transaction_error',
      'unknown',
      'sdk_timed_out',
    ),
    challenge_cancel_reason_code: text(/^\d{2}$/),
  },
);

const THREE_DS = object(
  {},
  {
    challenge_request: text(),
    interaction_counter: text(undefined, 2),
    error_details: object(
      {},
      {
        error_code: text(),
        error_component: text(),
        error_detail: text(undefined, 2048),
        error_description: text(undefined, 2048),
      },
    ),
  },
);

const EXPERIENCE = object({
  status: word('available', 'unprocessed', 'processed', 'unavailable'),
  reason: { kind: 'list', of: text() },
});

/** Required in every answer. */
const BASE: Members = {
  id: text(/^sid_\w{26}$/),
  transaction_id: UUID,
  scheme: word('visa', 'mastercard', 'jcb', 'amex', 'diners', 'cartes_bancaires', 'discover', 'upi'),
  amount: INTEGER,
  currency: text(/^[A-Z]{3}$/),
  authentication_type: word('regular', 'recurring', 'installment', 'maintain_card', 'add_card'),
  authentication_category: word('payment', 'non_payment'),
  status: word(
    'pending',
    'processing',
    'challenged',
    'challenge_abandoned',
    'expired',
    'approved',
    'attempted',
    'unavailable',
    'declined',
    'rejected',
  ),
  protocol_version: text(undefined, 50),
  challenge_indicator: text(undefined, 50),
  _links: LINKS,
};

const SECRET = { session_secret: text(/^sek_.{44}$/) };
const ACTIONS: Members = {
  next_actions: {
    kind: 'list',
    of: word(
      'redirect_cardholder',
      'collect_channel_data',
      'issuer_fingerprint',
      'challenge_cardholder',
      'complete',
      'authenticate',
    ),
  },
};
const DATED = { authentication_date: INSTANT };

/** What any answer may have: known before the issuer side was asked. */
const EARLY: Members = {
  completed: FLAG,
  account_info: FREE,
  merchant_risk_info: FREE,
  reference: text(undefined, 100),
  transaction_type: word(
    'goods_service',
    'check_acceptance',
    'account_funding',
    'quasi_card_transaction',
    'prepaid_activation_and_load',
  ),
  ds: object({}, { ds_id: text(undefined, 32), reference_number: text(undefined, 32), transaction_id: UUID }),
  card: object({ instrument_id: text(/^src_\w{26}$/), fingerprint: text() }, { metadata: object({}) }),
  initial_transaction: FREE,
  recurring: object(SERIES),
  installment: object({ ...SERIES, number_of_payments: INTEGER }),
  preferred_experiences: object({}, { '3ds': EXPERIENCE, google_spa: EXPERIENCE }),
  experience: word('3ds', 'google_spa'),
};

/** What the issuer side's word brings. */
const OUTCOME: Members = {
  challenged: FLAG,
  status_reason: word('ares_error', 'ares_status', 'rreq_error', 'rreq_status', 'risk_declined'),
  approved: FLAG,
  acs: ACS,
  response_code: word('Y', 'N', 'U', 'A', 'C', 'D', 'R', 'I'),
  response_status_reason: text(/^\d{2}$/),
  xid: text(),
  '3ds': THREE_DS,
  // An extension of ours.
  verdict: object({
    decided_by: word('issuer', 'directory_server', 'cardholder', 'nobody'),
    liability_shift: word('yes', 'no', 'unknown'),
    advice: text(),
    text: text(),
  }),
};

const LATE: Members = {
  cardholder_info: text(),
  exemption: object(
    { applied: word('none', 'low_value', 'transaction_risk_assessment', 'trusted_listing') },
    {
      requested: text(),
      trusted_beneficiary: object({ status: word('Y', 'N', 'E', 'P', 'R', 'U') }, { source: text(/^\d{2}$/) }),
    },
  ),
  flow_type: word('challenged', 'frictionless', 'frictionless_delegated'),
};

const VALUE: Members = { cryptogram: text(/^.{28}$/), eci: text(/^\d{2}$/) };

/** A body of each kind: what it must have, what it may have, and nothing else. */
export const CONTRACT = {
  /** 201 of create. */
  created: object({ ...BASE, ...SECRET, ...ACTIONS }, { ...EARLY, ...DATED, ...OUTCOME, ...LATE, ...VALUE }),
  /** 202 of create. */
  accepted: object({ ...BASE, ...SECRET, ...ACTIONS, ...DATED }, EARLY),
  /** GET and collect-data with a token. */
  forToken: object({ ...BASE, ...ACTIONS }, { ...SECRET, ...EARLY, ...DATED, ...OUTCOME, ...LATE, ...VALUE }),
  /** GET and collect-data with the session secret (section 4). */
  forSecret: object({ ...BASE, ...ACTIONS }, { ...EARLY, ...DATED, ...OUTCOME, ...LATE }),
  /** issuer-fingerprint. */
  fingerprint: object(
    { ...BASE, ...ACTIONS },
    { ...SECRET, ...without(EARLY, ['recurring', 'installment']), ...OUTCOME, ...VALUE },
  ),
} as const;

function without(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

/** Every way in which `body`, as JSON carries it, breaks `rule`; empty when it keeps it. */
export function breaches(rule: Rule, body: unknown): string[] {
  return inspect(rule, JSON.parse(JSON.stringify(body)) as unknown, '$');
}

function inspect(rule: Rule, value: unknown, at: string): string[] {
  switch (rule.kind) {
    case 'free':
      return [];
    case 'flag':
      return typeof value === 'boolean' ? [] : [`${at}: not a boolean`];
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at}: not an integer`];
    case 'word':
      return rule.words.includes(value as string)
        ? []
        : [`${at}: ${JSON.stringify(value)} is not a word of the contract`];
    case 'text':
      if (typeof value !== 'string') return [`${at}: not text`];
      if (rule.pattern && !rule.pattern.test(value)) return [`${at}: ${value} has another shape`];
      return rule.max !== undefined && value.length > rule.max ? [`${at}: too long`] : [];
    case 'list':
      if (!Array.isArray(value)) return [`${at}: not a list`];
      return value.flatMap((item, index) => inspect(rule.of, item, `${at}[${index}]`));
    case 'object':
      return inspectObject(rule, value, at);
  }
}

function inspectObject(rule: Extract<Rule, { kind: 'object' }>, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: not an object`];
  const members = { ...rule.optional, ...rule.required };
  const missing = Object.keys(rule.required).filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${at}.${name}: missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const known = members[name];
      return known ? inspect(known, member, `${at}.${name}`) : [`${at}.${name}: not in the contract`];
    }),
  ];
}
