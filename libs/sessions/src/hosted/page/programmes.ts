import type { Scheme } from '@app/kernel';

/** What a scheme calls itself, and its 3-D Secure programme. Names: they are the same in every language. */
export const SCHEME_NAMES: Readonly<Record<Scheme, { card: string; programme: string }>> = {
  visa: { card: 'Visa', programme: 'Visa Secure' },
  mastercard: { card: 'Mastercard', programme: 'Mastercard Identity Check' },
  amex: { card: 'American Express', programme: 'American Express SafeKey' },
  cartes_bancaires: { card: 'CB', programme: 'FAST’R by CB' },
  jcb: { card: 'JCB', programme: 'JCB J/Secure' },
  diners: { card: 'Diners Club', programme: 'Diners Club ProtectBuy' },
  discover: { card: 'Discover', programme: 'Discover ProtectBuy' },
};
