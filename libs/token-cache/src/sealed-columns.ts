import type { SealedColumn } from '@app/platform';
import { sealContext } from './persistence/sealed-token';

/** What the token cache seals directly under the key encryption key. */
export const TOKEN_CACHE_SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'upstream_token', column: 'sealed', key: ['key'], context: ({ key = '' }) => sealContext(key) },
];
