/** The sandbox card table: the number decides what the issuer does, whatever the expiry or the amount. */
import { schemeOfDigits, type DirectoryServerId, type Scheme } from '@app/kernel';
import data from './test-cards.json';

/** How the issuer side treats a card: without a challenge, with one, or not at all. */
export type Flow = 'frictionless' | 'challenge' | 'none';

/** The final status a listed card leads to; `error` means that creation is refused with the code in `reason`. */
export type ListedStatus = 'approved' | 'attempted' | 'declined' | 'rejected' | 'unavailable' | 'error';

/** One line of the table. */
export interface TestCard {
  readonly number: string;
  readonly scheme: Scheme;
  readonly flow: Flow;
  readonly status: ListedStatus;
  readonly reason?: 'card_not_enrolled' | 'issuer_not_enrolled' | 'ares_error' | 'rreq_error';
  readonly methodUrl: boolean;
}

/** What the simulated issuer does with a number, listed or not. */
export type CardBehaviour = Omit<TestCard, 'number' | 'scheme'>;

/** Every listed card, in the order of the table. */
export const TEST_CARDS = data.cards as readonly TestCard[];

/** The password that the challenge page accepts. */
export const CHALLENGE_PASSWORD = data.challengePassword;

const UNLISTED: CardBehaviour = { flow: 'frictionless', status: 'approved', methodUrl: true };
// The number stays out of what a transaction remembers.
const byNumber = new Map<string, CardBehaviour>(
  TEST_CARDS.map(({ number, scheme: _scheme, ...behaviour }) => [number, behaviour]),
);

/** What happens to a number (digits only). Numbers outside the table are approved without a challenge. */
export function behaviourOf(digits: string): CardBehaviour {
  return byNumber.get(digits) ?? UNLISTED;
}

/** Tells whether a card's number lies in the ranges that a directory server could know. */
export function isSeenBy(card: TestCard, directoryServer: DirectoryServerId): boolean {
  if (directoryServer === 'cartes_bancaires') return card.scheme === 'cartes_bancaires';
  const scheme = schemeOfDigits(card.number);
  return scheme === directoryServer || (scheme === 'diners' && directoryServer === 'discover');
}
