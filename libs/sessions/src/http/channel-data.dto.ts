import { AtMost, Flag, Integer, Nested, OneOf, Optional, Shape, Text, Uuid, Visible } from '@app/platform';
import { ArrayMaxSize, IsArray, IsIn, IsIP } from 'class-validator';

/** Section 5.4, browser. Booleans that a client leaves out are false (section 11, item 11). */
export class BrowserDataDto {
  @Visible(2048) accept_header: string;
  @Optional() @Flag() java_enabled?: boolean;
  @Optional() @Flag() javascript_enabled?: boolean;
  @Shape(/^[A-Za-z0-9][A-Za-z0-9-]{0,11}$/) language: string;
  @Shape(/^\d{1,2}$/) color_depth: string;
  @Shape(/^\d{1,6}$/) screen_height: string;
  @Shape(/^\d{1,6}$/) screen_width: string;
  @Shape(/^[+-]?\d{1,4}$/) timezone: string;
  @Visible(2048) user_agent: string;
  @IsIP() ip_address: string;
  @Optional() @OneOf(['Y', 'N', 'U']) three_ds_method_completion?: 'Y' | 'N' | 'U';
  @Optional() @Flag() iframe_payment_allowed?: boolean;
  @Optional() @AtMost(2048) user_agent_client_hint?: string;
}

const UI_ELEMENTS = ['text', 'single_select', 'multi_select', 'oob', 'html_other'];

const BASE64URL = /^[A-Za-z0-9_-]{1,100}$/;

/** The SDK's public key (RFC 7517), without anything private beside it: other members are dropped. */
export class EphemeralKeyDto {
  @OneOf(['EC']) kty: string;
  @Shape(/^[\w-]{1,40}$/) crv: string;
  @Shape(BASE64URL) x: string;
  @Shape(BASE64URL) y: string;
}

/** Section 5.4, app. */
export class AppDataDto {
  @Uuid() sdk_app_id: string;
  /** Minutes, two digits on the wire of EMV 3DS. */
  @Integer(5, 99) sdk_max_timeout: number;
  @Nested(() => EphemeralKeyDto) sdk_ephem_pub_key: EphemeralKeyDto;
  /** JWE, compact: only the directory server reads it. */
  @Text(1, 64_000) sdk_encrypted_data: string;
  @Text(1, 32) sdk_reference_number: string;
  @Uuid() sdk_transaction_id: string;
  @OneOf(['native', 'html', 'both']) sdk_interface_type: 'native' | 'html' | 'both';
  @IsArray() @ArrayMaxSize(5) @IsIn(UI_ELEMENTS, { each: true }) sdk_ui_elements: string[];
}

/** Section 5.4, merchant initiated. */
export class MerchantInitiatedDto {
  @OneOf([
    'recurring_transaction',
    'installment_transaction',
    'add_card',
    'maintain_card_information',
    'account_verification',
    'split_or_delayed_shipment',
    'top_up',
    'mail_order',
    'telephone_order',
    'whitelist_status_check',
    'other_payment',
  ])
  request_type: string;
}

/** Body of `PUT issuer-fingerprint`. */
export class MethodCompletionDto {
  @OneOf(['Y', 'N', 'U']) three_ds_method_completion: 'Y' | 'N' | 'U';
}
