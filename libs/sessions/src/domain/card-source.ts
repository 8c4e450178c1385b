import type { CardSource } from '@app/authentication-port';
import type { HeldCard } from '@app/cards';
import type { CreateSession } from './new-session';
import type { RequestDetails } from './session';

/**
 * A command in which a card stands in the place of the name that the merchant used for it. What the request says of the
 * cardholder counts; what it does not say is taken from what was said when the card was handed over.
 */
export function withCard(command: CreateSession, card: HeldCard): CreateSession & { source: CardSource } {
  const { reference: _named, ...said } = command.details.source;
  const { name, billingAddress, phone } = card.holder;
  const source: RequestDetails['source'] & { kind: 'card' } = {
    ...(name === undefined ? {} : { name }),
    ...(billingAddress === undefined ? {} : { billingAddress }),
    ...(phone === undefined ? {} : { mobilePhone: phone }),
    ...said,
    kind: 'card',
  };
  const { number, expiryMonth, expiryYear } = card;
  return {
    ...command,
    source: { ...source, number, expiryMonth, expiryYear },
    details: { ...command.details, source },
  };
}
