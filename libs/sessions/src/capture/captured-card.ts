import type { Instrument } from '@app/cards';
import { encodeId, schemeOfDigits, type Pan, type Scheme } from '@app/kernel';
import type { CardholderEcho } from './card-token.reader';

/** As the contract writes schemes beside tokens and instruments; its sessions have words of their own. */
const SCHEME_NAMES: Record<Scheme, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  jcb: 'JCB',
  diners: 'Diners Club International',
  discover: 'Discover',
};

interface Shown {
  bin: string;
  lastFour: string;
  expiryMonth: number;
  expiryYear: number;
}

/** The answer to a card that was handed over; `id` (UUID) is that of the token. */
export function presentCardToken(
  { id, expiresAt }: { id: string; expiresAt: Date },
  card: { number: Pan; expiryMonth: number; expiryYear: number },
  echo: CardholderEcho,
): object {
  const { bin, lastFour } = card.number;
  return {
    type: 'card',
    token: encodeId('token', id),
    expires_on: expiresAt.toISOString(),
    ...shown({ ...card, bin, lastFour }),
    ...echo,
  };
}

/** A kept card, masked. */
export function presentInstrument(instrument: Instrument): object {
  const { id, fingerprint, name, createdAt, updatedAt } = instrument;
  return {
    id: encodeId('instrument', id),
    type: 'card',
    fingerprint,
    ...shown(instrument),
    ...(name === null ? {} : { name }),
    created_on: createdAt.toISOString(),
    modified_on: updatedAt.toISOString(),
  };
}

function shown({ bin, lastFour, expiryMonth, expiryYear }: Shown): object {
  const scheme = schemeOfDigits(bin);
  return {
    expiry_month: expiryMonth,
    expiry_year: expiryYear,
    ...(scheme === null ? {} : { scheme: SCHEME_NAMES[scheme] }),
    last4: lastFour,
    bin,
  };
}
