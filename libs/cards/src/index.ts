export { InvalidBinFile, parseBinFile } from './bin-file';
export { CardBinsModule } from './card-bins.module';
export { CardBins } from './card-bins.service';
export { CardTokens } from './card-tokens.service';
export { CardVault } from './card-vault.service';
export { CardsModule } from './cards.module';
export { DataKeyring } from './data-keyring.service';
export { CARD_COLUMNS, cardValues, type CardInput, type PreparedCard, type StoredCard } from './domain/card';
export {
  cardTypeOf,
  isIssuerCountry,
  isIssuerName,
  ISSUER_MAX_LENGTH,
  type BinEntry,
  type BinFacts,
} from './domain/card-bin';
export { TOKEN_LIFE_MS, type CardTokenState, type NewCardToken } from './domain/card-token';
export type { Cardholder, CardOwner, HeldCard } from './domain/held-card';
export type { Instrument, PreparedInstrument } from './domain/instrument';
export { KEY_PURPOSES, type KeyPurpose } from './domain/key-purpose';
export { Instruments } from './instruments.service';
export { CARDS_ENTITIES } from './persistence/entities';
export { CARDS_SEALED_COLUMNS } from './sealed-columns';
