import type { Facts } from '@app/authentication-port';
import { cardTypeOf, isIssuerCountry, isIssuerName, type BinFacts } from '@app/cards';

/**
 * Whose the card of an attempt is, as its upstream told it (`card.metadata`, sessions-api.md section 6); null where it told
 * nothing of it. What cannot be what it should be was not told.
 */
export function binFactsTold({ upstream }: Facts): BinFacts | null {
  const told = upstream?.members?.['card.metadata'];
  if (typeof told !== 'object' || told === null) return null;
  const { issuer_name: issuer, issuer_country: country, card_type: type } = told as Record<string, unknown>;
  const facts: BinFacts = {
    issuer: textThat(isIssuerName, issuer),
    issuerCountry: textThat(isIssuerCountry, country),
    cardType: typeof type === 'string' ? cardTypeOf(type) : null,
  };
  return Object.values(facts).some((fact) => fact !== null) ? facts : null;
}

function textThat(fits: (text: string) => boolean, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return fits(text) ? text : null;
}
