import { AtMost, Integer, Nested, OneOf, Optional, Shape, Text } from '@app/platform';

/** Limits of the contract's tokens, which are wider than those of its sessions. */
class CardholderAddressDto {
  @Optional() @AtMost(200) address_line1?: string;
  @Optional() @AtMost(200) address_line2?: string;
  @Optional() @AtMost(50) city?: string;
  @Optional() @AtMost(50) state?: string;
  @Optional() @AtMost(50) zip?: string;
  @Optional() @Shape(/^[A-Za-z]{2}$/) country?: string;
}

class CardholderPhoneDto {
  @Optional() @Shape(/^\+?\d{1,6}$/) country_code?: string;
  @Optional() @Text(6, 25) number?: string;
}

/** A card that a page hands over. */
export class CardTokenDto {
  @Optional() @OneOf(['card']) type?: 'card';
  @Shape(/^\d{13,19}$/) number: string;
  @Integer(1, 12) expiry_month: number;
  @Integer(1000, 9999) expiry_year: number;
  @Optional() @AtMost(255) name?: string;
  @Optional() @Shape(/^\d{3,4}$/) cvv?: string;
  @Optional() @Nested(() => CardholderAddressDto) billing_address?: CardholderAddressDto;
  @Optional() @Nested(() => CardholderPhoneDto) phone?: CardholderPhoneDto;
}
