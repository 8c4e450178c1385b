/** Where our API differs from the reference on purpose, by reason. Each line is a difference that the comparison finds. */

const SESSIONS = ['SessionCreated', 'SessionAccepted', 'Session', 'SessionAfterFingerprint'];
const FULL = ['SessionCreated', 'Session'];

const each = (schemas: readonly string[], ...what: string[]): string[] =>
  schemas.flatMap((name) => what.map((one) => `response ${name}.${one}`));

/** What this version does not carry. Later ones take lines away. */
const NOT_CARRIED: Readonly<Record<string, readonly string[]>> = {
  'a card by reference is the upstream’s: what the contract lists beside the reference has no use': [
    'request IdSource.number: missing',
    'request IdSource.expiry_month: missing',
    'request IdSource.expiry_year: missing',
    'request TokenSource.number: missing',
    'request TokenSource.expiry_month: missing',
    'request TokenSource.expiry_year: missing',
  ],
  'a scheme that no directory server of ours speaks for': ['response Scheme: no upi'],
  'no connector tells of a delegated authentication': each(FULL, 'flow_type: no frictionless_delegated'),
  'the cardholder’s address is the merchant’s own, for Cartes Bancaires only': each(FULL, 'customer_ip: missing'),
  'Google SPA is not carried': [
    ...each(SESSIONS, 'google_spa: missing'),
    'response PreferredExperiences.3ds.status: no available',
    'response PreferredExperiences.google_spa.status: no available',
  ],
  'requests are not optimized': each(['SessionCreated', 'SessionAccepted', 'Session'], 'optimization: missing'),
  'workflow webhooks come later': ['webhook authenticationEvent: missing'],
};

/** What no version will carry. */
const LEGACY: Readonly<Record<string, readonly string[]>> = {
  '3DS 1 is switched off by every scheme': [
    'response NextAction: no authenticate',
    'response Links.acs_url: missing',
    'response Links.term_url: missing',
    'response StatusReason: no veres_error',
    'response StatusReason: no veres_status',
    'response StatusReason: no pares_error',
    'response StatusReason: no pares_status',
    ...each(['SessionCreated', 'Session', 'SessionAfterFingerprint'], 'pareq: missing'),
  ],
  'only client credentials are granted, and every access key may use them': [
    'response TokenError.error: no invalid_grant',
    'response TokenError.error: no unauthorized_client',
  ],
  'where its upstream is out of reach, a session that is read is answered as it is stored': [
    'GET /sessions/{id}: no 502',
  ],
};

/** Where we hold a request to what the reference means rather than to what it writes. */
const STRICTER: Readonly<Record<string, readonly string[]>> = {
  'digits, letters or a date are meant where the reference only counts characters': [
    'request Address.country: pattern',
    'request CardSource.number: pattern',
    'request NetworkTokenSource.token: pattern',
    'request SessionRequest.currency: pattern',
    'request MerchantRiskInfo.gift_card_amount: pattern',
    'request MerchantRiskInfo.gift_card_currency: pattern',
    'request MerchantRiskInfo.gift_card_count: pattern',
    'request BrowserChannelData.language: pattern',
    'request BrowserChannelData.color_depth: pattern',
    'request BrowserChannelData.screen_height: pattern',
    'request BrowserChannelData.screen_width: pattern',
    'request BrowserChannelData.timezone: pattern',
    'request BrowserChannelData.ip_address: form',
    'request Recurring.expiry: pattern',
    'request Installment.expiry: pattern',
    'request InitialTransaction.authentication_timestamp: format',
  ],
  'directory servers refuse an email address without its form': [
    'request CardSource.email: pattern',
    'request IdSource.email: pattern',
    'request NetworkTokenSource.email: pattern',
    'request TokenSource.email: pattern',
    'request MerchantRiskInfo.delivery_email: pattern',
  ],
  'ids have a prefix of their own': [
    'request IdSource.id: pattern',
    'request TokenSource.token: pattern',
    'request SessionRequest.marketplace.sub_entity_id: pattern',
  ],
  'an SDK has made UUIDs, and a whole key of the one kind that EMV 3DS knows': [
    'request AppChannelData.sdk_app_id: pattern',
    'request AppChannelData.sdk_transaction_id: pattern',
    'request AppChannelData.sdk_ephem_pub_key.kty: only some words',
    'request AppChannelData.sdk_ephem_pub_key.kty: required',
    'request AppChannelData.sdk_ephem_pub_key.crv: pattern',
    'request AppChannelData.sdk_ephem_pub_key.crv: required',
    'request AppChannelData.sdk_ephem_pub_key.x: pattern',
    'request AppChannelData.sdk_ephem_pub_key.x: required',
    'request AppChannelData.sdk_ephem_pub_key.y: pattern',
    'request AppChannelData.sdk_ephem_pub_key.y: required',
  ],
  'empty text counts as missing': [
    'request BrowserChannelData.accept_header: minLength',
    'request BrowserChannelData.accept_header: pattern',
    'request BrowserChannelData.user_agent: minLength',
    'request BrowserChannelData.user_agent: pattern',
    'request AppChannelData.sdk_encrypted_data: minLength',
    'request AppChannelData.sdk_reference_number: minLength',
    'request DeviceInformation.device_id: minLength',
  ],
  'everything has an end; these are beyond what the protocol can carry': [
    'request BrowserChannelData.user_agent_client_hint: maxLength',
    'request AppChannelData.sdk_max_timeout: maximum',
    'request AppChannelData.sdk_ui_elements: maxItems',
    'request Recurring.days_between_payments: minimum',
    'request Recurring.days_between_payments: maximum',
    'request Installment.days_between_payments: minimum',
    'request Installment.days_between_payments: maximum',
    'request SessionRequest.optimization.framework: maxLength',
    'request DeviceInformation.device_id: maxLength',
    'request SessionRequest.google_spa.continue_url: maxLength',
    'request SessionRequest.preferred_experiences: maxItems',
  ],
  'amounts up to 2^53 - 1 (decision 2)': ['request SessionRequest.amount: maximum'],
};

/** Differences that no client can fall over. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  'sent by some SDKs, accepted and ignored like every unknown field': ['request NetworkTokenSource.number: missing'],
  'given back as it was asked, and more is accepted than the reference writes': [
    'response InitialTransaction.acs_transaction_id: minLength',
    'response InitialTransaction.initial_session_id: minLength',
    'response InitialTransaction.initial_session_id: pattern',
  ],
  'the other answers have them: this one has them, too': [
    'response SessionAfterFingerprint.challenge_indicator: unmarked extension',
    'response SessionAfterFingerprint.recurring: unmarked extension',
    'response SessionAfterFingerprint.installment: unmarked extension',
  ],
};

/** Every difference with its reason. */
export const LEDGER: ReadonlyMap<string, string> = new Map(
  [NOT_CARRIED, LEGACY, STRICTER, HARMLESS].flatMap((part) =>
    Object.entries(part).flatMap(([reason, lines]) => lines.map((line): [string, string] => [line, reason])),
  ),
);
