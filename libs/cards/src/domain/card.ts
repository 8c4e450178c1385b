import type { Pan } from '@app/kernel';

/** A card number that is to be kept for one session. Ids are UUIDs. */
export interface CardInput {
  sessionId: string;
  merchantId: string;
  number: Pan;
  /** 1 to 12. */
  expiryMonth: number;
  /** Four digits. */
  expiryYear: number;
}

/** A card ready to be stored: the number sealed, and beside it what may be kept and shown. */
export interface PreparedCard {
  readonly sessionId: string;
  readonly merchantId: string;
  readonly sealed: Buffer;
  readonly expiryMonth: number;
  readonly expiryYear: number;
  readonly createdAt: Date;
  /** 26 base32 characters; comparable within one merchant and key version. */
  readonly fingerprint: string;
  readonly fingerprintKeyVersion: number;
  /** 8 digits of numbers with 16 or more, 6 of shorter ones. */
  readonly bin: string;
  readonly lastFour: string;
}

/** A card read back. */
export interface StoredCard {
  number: Pan;
  expiryMonth: number;
  expiryYear: number;
}

/** The columns of a row of `card`, in the order of `cardValues`. */
export const CARD_COLUMNS = [
  'session_id',
  'merchant_id',
  'sealed',
  'expiry_month',
  'expiry_year',
  'expires_at',
  'created_at',
  'environment',
] as const;

/**
 * The values of a row of `card`, in the order of `CARD_COLUMNS`: whoever stores the session inserts the row in the same
 * statement (`INSERT INTO card (<CARD_COLUMNS>) VALUES (…)`).
 */
export function cardValues(card: PreparedCard, expiresAt: Date | null, environment: string): unknown[] {
  const row: Record<(typeof CARD_COLUMNS)[number], unknown> = {
    session_id: card.sessionId,
    merchant_id: card.merchantId,
    sealed: card.sealed,
    expiry_month: card.expiryMonth,
    expiry_year: card.expiryYear,
    expires_at: expiresAt,
    created_at: card.createdAt,
    environment,
  };
  return CARD_COLUMNS.map((column) => row[column]);
}
