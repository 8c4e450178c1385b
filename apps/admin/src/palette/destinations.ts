import { cardIn, mayBecomeNumber } from '../format/card-number';
import { sessionsWith } from '../sessions/sessions-with';
import { OUR_ID } from '../ui/our-id';

/** Where an id leads, by its kind. */
export interface Destination {
  readonly label: string;
  /** A path of the console. */
  readonly to: string;
}

const BY_PREFIX: Readonly<Record<string, { readonly name: string; readonly screen: string }>> = {
  sid: { name: 'Session', screen: 'sessions' },
  mer: { name: 'Merchant', screen: 'merchants' },
  msg: { name: 'Callback', screen: 'callbacks' },
  pc: { name: 'Channel', screen: 'channels' },
  ack: { name: 'Access key', screen: 'access-keys' },
  cac: { name: 'Connector account', screen: 'connector-accounts' },
  job: { name: 'Job', screen: 'jobs' },
  sva: { name: 'Service account', screen: 'service-accounts' },
  opr: { name: 'User', screen: 'operators' },
};

/** What a whole id that somebody pasted leads to, or null when the text is none of ours or its screen is not offered. */
export function destinationOf(text: string, offeredScreens: readonly string[]): Destination | null {
  const id = text.trim().toLowerCase();
  const [, prefix = ''] = OUR_ID.exec(id) ?? [];
  const found = BY_PREFIX[prefix];
  if (!found || !offeredScreens.includes(found.screen)) return null;
  return { label: `${found.name} ${id}`, to: `/${found.screen}/${id}` };
}

/**
 * The list of sessions that a long number leads to, once it is chosen: of a card number those of the card, as the number itself
 * goes nowhere; of any other, which may be a card number half typed and is therefore not looked for by itself, those with
 * this reference. Null for every other text.
 */
export function numberDestination(text: string): Destination | null {
  const card = cardIn(text);
  if (card) {
    const label = `That looks like a card number: sessions of cards ${card.bin} … ${card.last_four}`;
    return { label, to: sessionsWith({ ...card }) };
  }
  const reference = text.trim();
  return mayBecomeNumber(reference)
    ? { label: `Sessions with the reference ${reference}`, to: sessionsWith({ reference }) }
    : null;
}
