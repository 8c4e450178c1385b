import { Pan } from '@app/kernel';

/** Whose something is: nothing of it exists for others. `merchantId` is a UUID. */
export interface CardOwner {
  readonly merchantId: string;
  readonly environment: string;
}

/** What was said of a card's holder. Personal: where it is kept, it is kept sealed. */
export interface Cardholder {
  readonly name?: string;
  readonly billingAddress?: Readonly<
    Partial<Record<'line1' | 'line2' | 'line3' | 'city' | 'state' | 'zip' | 'country', string>>
  >;
  readonly phone?: Readonly<{ countryCode: string; number: string }>;
}

/** A card that was handed to us to be authenticated later. */
export interface HeldCard {
  readonly number: Pan;
  /** 1 to 12. */
  readonly expiryMonth: number;
  /** Four digits. */
  readonly expiryYear: number;
  readonly holder: Cardholder;
}

/** What of a held card has to be sealed, in the form in which it is sealed. */
export function toSealable({ number, holder }: Pick<HeldCard, 'number' | 'holder'>): Buffer {
  return Buffer.from(JSON.stringify({ number: number.expose(), holder }));
}

/** Reads back what `toSealable` made. */
export function fromSealable(plaintext: Buffer): Pick<HeldCard, 'number' | 'holder'> {
  const { number, holder } = JSON.parse(plaintext.toString()) as { number: string; holder: Cardholder };
  return { number: Pan.fromTrusted(number), holder };
}
