import type { SealedColumn } from '@app/platform';
import { wrapContext } from './data-keyring.service';
import { sealContext } from './fingerprints.service';
import { instrumentKeyContext } from './instrument-keys.service';

/** What cards seal directly under the key encryption key; everything else is under a data key. */
export const CARDS_SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    table: 'data_key',
    column: 'wrapped',
    key: ['id'],
    about: ['purpose'],
    context: ({ purpose = '', id = '' }) => wrapContext(purpose, id),
  },
  {
    table: 'merchant_fingerprint_key',
    column: 'sealed',
    key: ['merchant_id', 'key_version'],
    context: ({ merchant_id = '', key_version = '' }) => sealContext(merchant_id, key_version),
  },
  {
    table: 'instrument_key',
    column: 'wrapped',
    key: ['merchant_id'],
    context: ({ merchant_id = '' }) => instrumentKeyContext(merchant_id),
  },
];
