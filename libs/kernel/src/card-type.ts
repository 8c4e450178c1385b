/** Kinds of card, as those who issue them tell (sessions-api.md section 6, `card.metadata.card_type`). */
export const CARD_TYPES = ['credit', 'debit', 'prepaid', 'charge', 'deferred_debit'] as const;
export type CardType = (typeof CARD_TYPES)[number];
