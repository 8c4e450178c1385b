import { BinEntryEntity } from './bin-entry.entity';
import { CardBinEntity } from './card-bin.entity';
import { CardTokenEntity } from './card-token.entity';
import { CardEntity } from './card.entity';
import { DataKeyEntity } from './data-key.entity';
import { InstrumentKeyEntity } from './instrument-key.entity';
import { InstrumentEntity } from './instrument.entity';
import { MerchantFingerprintKeyEntity } from './merchant-fingerprint-key.entity';

/** Tables of card data, its keys, and whose cards are, for the one data source. */
export const CARDS_ENTITIES = [
  DataKeyEntity,
  MerchantFingerprintKeyEntity,
  InstrumentKeyEntity,
  CardEntity,
  CardTokenEntity,
  InstrumentEntity,
  BinEntryEntity,
  CardBinEntity,
];
