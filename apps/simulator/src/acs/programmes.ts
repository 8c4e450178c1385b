/** How the schemes call their 3-D Secure programmes. */
import type { Scheme } from '@app/kernel';

/** The name of a scheme's programme as the cardholder knows it. */
export const PROGRAMMES: Record<Scheme, string> = {
  visa: 'Visa Secure',
  mastercard: 'Mastercard Identity Check',
  amex: 'American Express SafeKey',
  cartes_bancaires: "CB Fast'R",
  jcb: 'JCB J/Secure',
  diners: 'Diners Club ProtectBuy',
  discover: 'Discover ProtectBuy',
};
