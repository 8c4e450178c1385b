import type { CardOwner, HeldCard } from './held-card';

/** How long a token can be spent. */
export const TOKEN_LIFE_MS = 15 * 60_000;

/** A card that a page hands over. Ids are UUIDs. */
export interface NewCardToken extends CardOwner {
  /** The key that the page named its channel by. */
  readonly publicKeyId: string;
  readonly card: HeldCard;
}

/** What becomes of a token that somebody names: not one of this merchant's, over (spent, expired), or good for a card. */
export type CardTokenState =
  { is: 'unknown' } | { is: 'over'; spentBy: string | null } | { is: 'good'; card: HeldCard };

/** What a token's number is bound to. */
export const tokenContext = (merchantId: string, id: string): string => `card_token:${merchantId}:${id}`;
