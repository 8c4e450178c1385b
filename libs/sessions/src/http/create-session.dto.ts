import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { SCHEMES } from '@app/kernel';
import {
  Address,
  AtMost,
  Email,
  Flag,
  Integer,
  IsPlainObject,
  Nested,
  OneOf,
  Optional,
  Shape,
  Text,
} from '@app/platform';
import {
  AccountInfoDto,
  AddressDto,
  DeviceInformationDto,
  InitialTransactionDto,
  InstallmentDto,
  MerchantRiskInfoDto,
  PhoneDto,
  RecurringDto,
} from './shared.dto';

export const AUTHENTICATION_TYPES = ['regular', 'recurring', 'installment', 'maintain_card', 'add_card'] as const;
export const AUTHENTICATION_CATEGORIES = ['payment', 'non_payment'] as const;
export const CHALLENGE_INDICATORS = [
  'no_preference',
  'no_challenge_requested',
  'challenge_requested',
  'challenge_requested_mandate',
  'low_value',
  'trusted_listing',
  'trusted_listing_prompt',
  'transaction_risk_assessment',
  'data_share',
];
export const TRANSACTION_TYPES = [
  'goods_service',
  'check_acceptance',
  'account_funding',
  'quasi_card_transaction',
  'prepaid_activation_and_load',
];

class MarketplaceDto {
  @Optional() @Shape(/^ent_\w{1,60}$/) sub_entity_id?: string;
}

class BillingDescriptorDto {
  @Optional() @AtMost(40) name?: string;
}

class OptimizationDto {
  @Optional() @AtMost(50) framework?: string;
}

class GoogleSpaDto {
  @Optional() @Address(2048) continue_url?: string;
}

/** Section 5.1, without its three unions: source, completion and channel data are checked by their type. */
export class CreateSessionDto {
  @Shape(/^[A-Z]{3}$/) currency: string;
  @IsPlainObject() source: object;
  @IsPlainObject() completion: object;
  @Optional() @IsPlainObject() channel_data?: object;
  /** Up to 2^53 - 1: what a JSON number carries without loss. */
  @Optional() @Integer(0, Number.MAX_SAFE_INTEGER) amount?: number;
  @Optional() @Shape(/^pc_\w{26}$/) processing_channel_id?: string;
  @Optional() @Nested(() => MarketplaceDto) marketplace?: MarketplaceDto;
  @Optional() @OneOf(AUTHENTICATION_TYPES) authentication_type?: (typeof AUTHENTICATION_TYPES)[number];
  @Optional() @OneOf(AUTHENTICATION_CATEGORIES) authentication_category?: (typeof AUTHENTICATION_CATEGORIES)[number];
  @Optional() @Nested(() => AccountInfoDto) account_info?: AccountInfoDto;
  @Optional() @OneOf(CHALLENGE_INDICATORS) challenge_indicator?: string;
  @Optional() @Nested(() => BillingDescriptorDto) billing_descriptor?: BillingDescriptorDto;
  @Optional() @AtMost(100) reference?: string;
  @Optional() @Nested(() => MerchantRiskInfoDto) merchant_risk_info?: MerchantRiskInfoDto;
  @Optional() @OneOf(TRANSACTION_TYPES) transaction_type?: string;
  @Optional() @Nested(() => AddressDto) shipping_address?: AddressDto;
  @Optional() @Flag() shipping_address_matches_billing?: boolean;
  @Optional() @Nested(() => RecurringDto) recurring?: RecurringDto;
  @Optional() @Nested(() => InstallmentDto) installment?: InstallmentDto;
  @Optional() @Nested(() => OptimizationDto) optimization?: OptimizationDto;
  @Optional() @Nested(() => InitialTransactionDto) initial_transaction?: InitialTransactionDto;
  @Optional() @Nested(() => DeviceInformationDto) device_information?: DeviceInformationDto;
  @Optional() @Nested(() => GoogleSpaDto) google_spa?: GoogleSpaDto;
  @Optional() @IsArray() @ArrayMaxSize(2) @IsIn(['3ds', 'google_spa'], { each: true }) preferred_experiences?: string[];
}

/** Section 5.2: what every source may carry. */
class SourceDto {
  @Optional() @OneOf([...SCHEMES, 'upi']) scheme?: string;
  @Optional() @Nested(() => AddressDto) billing_address?: AddressDto;
  @Optional() @Nested(() => PhoneDto) home_phone?: PhoneDto;
  @Optional() @Nested(() => PhoneDto) mobile_phone?: PhoneDto;
  @Optional() @Nested(() => PhoneDto) work_phone?: PhoneDto;
  @Optional() @Email() email?: string;
}

class CardLikeDto extends SourceDto {
  @Integer(1, 12) expiry_month: number;
  @Integer(1000, 9999) expiry_year: number;
  @Optional() @Text(2, 45) name?: string;
  @Optional() @Flag() stored?: boolean;
}

export class CardSourceDto extends CardLikeDto {
  @Optional() @Flag() store_for_future_use?: boolean;
  @Shape(/^\d{13,19}$/) number: string;
}

export class NetworkTokenSourceDto extends CardLikeDto {
  @Shape(/^\d{9,19}$/) token: string;
}

export class IdSourceDto extends SourceDto {
  @Shape(/^src_\w{1,96}$/) id: string;
}

export class TokenSourceDto extends SourceDto {
  @Shape(/^tok_\w{1,96}$/) token: string;
  @Optional() @Flag() stored?: boolean;
  @Optional() @Flag() store_for_future_use?: boolean;
}

export class HostedCompletionDto {
  @Address(256) success_url: string;
  @Address(256) failure_url: string;
  @Optional() @Address(256) callback_url?: string;
}

export class NonHostedCompletionDto {
  @Optional() @Address(256) callback_url?: string;
  @Optional() @Address(256) challenge_notification_url?: string;
}
