import type { BinEntry } from '@app/cards';
import type { CardType } from '@app/kernel';
import { DEMO_ISSUERS } from './demo-cast';

const KINDS: Readonly<Record<string, CardType>> = {
  '40009901': 'debit',
  '40009903': 'debit',
  '52009902': 'prepaid',
  '360099': 'charge',
  '370099': 'charge',
};

/** Whose the cards of the demo's history are, as lines of a table of BINs. */
export const DEMO_HISTORY_BINS: readonly BinEntry[] = DEMO_ISSUERS.map(({ bin, name, country }) => ({
  prefix: bin,
  issuer: name,
  issuerCountry: country,
  cardType: KINDS[bin] ?? 'credit',
}));
