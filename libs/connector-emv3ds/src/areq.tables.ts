/** The words of the Sessions API (sessions-api.md section 5) as codes of the AReq (emv-3ds.md sections 2.2, 2.13, 3.3). */

/** A word to its code. Words that are not here have none, and the element stays out. */
export type CodeTable = Readonly<Record<string, string>>;

export const MESSAGE_CATEGORY = { payment: '01', non_payment: '02' } as const;

/** threeDSRequestorAuthenticationInd. */
export const AUTHENTICATION_IND = {
  regular: '01',
  recurring: '02',
  installment: '03',
  add_card: '04',
  maintain_card: '05',
} as const;

/**
 * threeDSRequestorChallengeInd of 2.2.0. A low-value exemption has a code only from 2.3.1: "if an exemption cannot be
 * applied, no_challenge_requested is used" (sessions-api.md section 5.5).
 */
export const CHALLENGE_IND: CodeTable = {
  no_preference: '01',
  no_challenge_requested: '02',
  challenge_requested: '03',
  challenge_requested_mandate: '04',
  low_value: '02',
  transaction_risk_assessment: '05',
  data_share: '06',
  trusted_listing: '08',
  trusted_listing_prompt: '09',
};

export const TRANSACTION_TYPE: CodeTable = {
  goods_service: '01',
  check_acceptance: '03',
  account_funding: '10',
  quasi_card_transaction: '11',
  quashi_card_transaction: '11',
  prepaid_activation_and_load: '28',
};

export const ACCOUNT_TYPE: CodeTable = { not_applicable: '01', credit: '02', debit: '03' };

/** chAccAgeInd (cardholder_account_age_indicator) and paymentAccInd (account_age): both spellings of the second step. */
export const ACCOUNT_AGE: CodeTable = {
  no_account: '01',
  this_transaction: '02',
  created_during_transaction: '02',
  less_than_thirty_days: '03',
  thirty_to_sixty_days: '04',
  more_than_sixty_days: '05',
};

/** chAccChangeInd and shipAddressUsageInd. */
export const SINCE: CodeTable = {
  this_transaction: '01',
  less_than_thirty_days: '02',
  thirty_to_sixty_days: '03',
  more_than_sixty_days: '04',
};

export const PASSWORD_CHANGE: CodeTable = {
  no_change: '01',
  this_transaction: '02',
  less_than_thirty_days: '03',
  thirty_to_sixty_days: '04',
  more_than_sixty_days: '05',
};

/** threeDSReqAuthMethod: the current words and those of the deprecated `authentication_method`. */
export const REQUESTOR_AUTHENTICATION_METHOD: CodeTable = {
  no_threeds_requestor_authentication_occurred: '01',
  no_authentication: '01',
  three3ds_requestor_own_credentials: '02',
  own_credentials: '02',
  federated_id: '03',
  issuer_credentials: '04',
  third_party_authentication: '05',
  fido_authenticator: '06',
  fido: '06',
  fido_authenticator_fido_assurance_data_signed: '07',
  src_assurance_data: '08',
};

export const PRIOR_AUTHENTICATION_METHOD: CodeTable = {
  frictionless_authentication: '01',
  challenge_occurred: '02',
  avs_verified: '03',
  other_issuer_methods: '04',
};

export const DELIVERY_TIMEFRAME: CodeTable = {
  electronic_delivery: '01',
  same_day: '02',
  overnight: '03',
  two_day_or_more: '04',
};

export const SHIPPING_INDICATOR: CodeTable = {
  billing_address: '01',
  another_address_on_file: '02',
  not_on_file: '03',
  store_pick_up: '04',
  digital_goods: '05',
  travel_and_event_no_shipping: '06',
  other: '07',
};

export const REORDER: CodeTable = { first_time_ordered: '01', reordered: '02', false: '01', true: '02' };

export const PREORDER: CodeTable = { merchandise_available: '01', future_availability: '02', false: '01', true: '02' };

export const NAMES_MATCH: CodeTable = { true: '01', false: '02' };

export const SUSPICIOUS: CodeTable = { false: '01', true: '02' };

export const YES_NO = { true: 'Y', false: 'N' } as const;

/** browserColorDepth before 2.3.1; 30 and other depths in between are sent as the next lower one. */
export const COLOR_DEPTHS = [1, 4, 8, 15, 16, 24, 32, 48] as const;

/** The code of a word, or undefined. Booleans are looked up as text. */
export function codeOf(table: CodeTable, word: unknown): string | undefined {
  const key = typeof word === 'boolean' ? String(word) : word;
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}
