export { CardVault } from './card-vault.service';
export { CardsModule } from './cards.module';
export { DataKeyring } from './data-keyring.service';
export { CARD_COLUMNS, cardValues, type CardInput, type PreparedCard, type StoredCard } from './domain/card';
export { KEY_PURPOSES, type KeyPurpose } from './domain/key-purpose';
export { CARDS_ENTITIES } from './persistence/entities';
export { CARDS_SEALED_COLUMNS } from './sealed-columns';
