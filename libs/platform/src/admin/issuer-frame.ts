import { CARD_TYPES } from '@app/kernel';
import type { FieldRule } from '../listing/listing';

/** Whose the card of a session is, as lists and reports are narrowed by it: what is known of its BIN (`cards`). */
export const ISSUER_FRAME = {
  issuer: { type: 'text', maxLength: 100, also: ['contains'] },
  issuer_country: { type: 'country' },
  card_type: { type: 'word', words: CARD_TYPES },
} as const satisfies Readonly<Record<string, FieldRule>>;

/** Where it is, over `b`; null where not known. */
export const ISSUER_SQL: Readonly<Record<keyof typeof ISSUER_FRAME, string>> = {
  issuer: 'b.issuer',
  issuer_country: 'b.issuer_country',
  card_type: 'b.card_type',
};

/** `b`, beside a session `s`. */
export const BESIDE_SESSION_BIN = 'LEFT JOIN card_bin b ON b.environment = s.environment AND b.bin = s.bin';
