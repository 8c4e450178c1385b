import { AtMost, DateTime, Email, Flag, Integer, Nested, OneOf, Optional, Shape, Text } from '@app/platform';

/** Section 5.8. The contract says 3 characters of state, its own examples send 2: not enforced. */
export class AddressDto {
  @Optional() @AtMost(50) address_line1?: string;
  @Optional() @AtMost(50) address_line2?: string;
  @Optional() @AtMost(50) address_line3?: string;
  @Optional() @AtMost(50) city?: string;
  @Optional() @AtMost(3) state?: string;
  @Optional() @AtMost(16) zip?: string;
  @Optional() @Shape(/^[A-Za-z]{2}$/) country?: string;
}

/** Section 5.2: both members when present. */
export class PhoneDto {
  @Shape(/^\d{1,3}$/) country_code: string;
  @Shape(/^\d{1,15}$/) number: string;
}

const AGES = [
  'no_account',
  'created_during_transaction',
  'less_than_thirty_days',
  'thirty_to_sixty_days',
  'more_than_sixty_days',
];
const SINCE = ['this_transaction', 'less_than_thirty_days', 'thirty_to_sixty_days', 'more_than_sixty_days'];

class RequestorAuthenticationDto {
  @Optional()
  @OneOf([
    'no_threeds_requestor_authentication_occurred',
    'three3ds_requestor_own_credentials',
    'federated_id',
    'issuer_credentials',
    'third_party_authentication',
    'fido_authenticator',
    'fido_authenticator_fido_assurance_data_signed',
    'src_assurance_data',
  ])
  three_ds_req_auth_method?: string;
  @Optional() @DateTime() three_ds_req_auth_timestamp?: string;
  @Optional() @AtMost(20_000) three_ds_req_auth_data?: string;
}

/** Section 5.6. */
export class AccountInfoDto {
  @Optional() @Integer(0, 9999) purchase_count?: number;
  @Optional() @OneOf(AGES) account_age?: string;
  @Optional() @Integer(0, 999) add_card_attempts?: number;
  @Optional() @OneOf(SINCE) shipping_address_age?: string;
  @Optional() @Flag() account_name_matches_shipping_name?: boolean;
  @Optional() @Flag() suspicious_account_activity?: boolean;
  @Optional() @Integer(0, 999) transactions_today?: number;
  @Optional()
  @OneOf([
    'no_authentication',
    'own_credentials',
    'federated_id',
    'issuer_credentials',
    'third_party_authentication',
    'fido',
  ])
  authentication_method?: string;
  @Optional() @OneOf(['no_account', ...SINCE]) cardholder_account_age_indicator?: string;
  @Optional() @DateTime() account_change?: string;
  @Optional() @OneOf(SINCE) account_change_indicator?: string;
  @Optional() @DateTime() account_date?: string;
  @Optional() @DateTime() account_password_change?: string;
  @Optional() @OneOf(['no_change', ...SINCE]) account_password_change_indicator?: string;
  @Optional() @Integer(0, 999) transactions_per_year?: number;
  @Optional() @DateTime() payment_account_age?: string;
  @Optional() @DateTime() shipping_address_usage?: string;
  @Optional() @OneOf(['not_applicable', 'credit', 'debit']) account_type?: string;
  @Optional() @AtMost(64) account_id?: string;
  @Optional()
  @Nested(() => RequestorAuthenticationDto)
  three_ds_requestor_authentication_info?: RequestorAuthenticationDto;
}

/** Section 5.7. */
export class MerchantRiskInfoDto {
  @Optional() @Email() delivery_email?: string;
  @Optional() @OneOf(['electronic_delivery', 'same_day', 'overnight', 'two_day_or_more']) delivery_timeframe?: string;
  @Optional() @Flag() is_preorder?: boolean;
  @Optional() @Flag() is_reorder?: boolean;
  @Optional()
  @OneOf([
    'billing_address',
    'another_address_on_file',
    'not_on_file',
    'store_pick_up',
    'digital_goods',
    'travel_and_event_no_shipping',
    'other',
    // What one SDK's broken enumeration sends (section 5.7): accepted, not forwarded.
    'visa',
  ])
  shipping_indicator?: string;
  @Optional() @OneOf(['first_time_ordered', 'reordered']) reorder_items_indicator?: string;
  @Optional() @OneOf(['merchandise_available', 'future_availability']) pre_order_purchase_indicator?: string;
  @Optional() @DateTime() pre_order_date?: string;
  /** Major units, so a fraction may follow. */
  @Optional() @Shape(/^(?=.{1,15}$)\d+(\.\d*)?$/) gift_card_amount?: string;
  @Optional() @Shape(/^[A-Za-z]{3}$/) gift_card_currency?: string;
  @Optional() @Shape(/^\d{1,2}$/) gift_card_count?: string;
}

/** Section 5.9. */
export class RecurringDto {
  @Optional() @Integer(1, 9999) days_between_payments?: number;
  @Optional() @Shape(/^\d{8}$/) expiry?: string;
}

export class InstallmentDto extends RecurringDto {
  @Integer(2, 999) number_of_payments: number;
}

/** Section 5.10. */
export class InitialTransactionDto {
  @Optional() @AtMost(36) acs_transaction_id?: string;
  @Optional()
  @OneOf(['frictionless_authentication', 'challenge_occurred', 'avs_verified', 'other_issuer_methods'])
  authentication_method?: string;
  @Optional() @DateTime() authentication_timestamp?: string;
  @Optional() @AtMost(2048) authentication_data?: string;
  @Optional() @AtMost(30) initial_session_id?: string;
}

/** Section 5.11. */
export class DeviceInformationDto {
  @Optional() @Text(1, 255) device_id?: string;
  @Optional() @Shape(/^dsid_\w{26}$/) device_session_id?: string;
}
