import { CARDS_SEALED_COLUMNS } from '@app/cards';
import { CREDENTIALS_SEALED_COLUMNS } from '@app/credentials';
import { OPERATORS_SEALED_COLUMNS } from '@app/operators';
import {
  CryptoBox,
  KekRotation,
  ADMIN_REQUEST_COLUMN,
  MAC_KEY_COLUMN,
  type AppConfig,
  type Logger,
  type Queryable,
  type SealedColumn,
} from '@app/platform';
import { TOKEN_CACHE_SEALED_COLUMNS } from '@app/token-cache';

/** Everything that is sealed directly under a key encryption key: what a rotation has to move. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  ADMIN_REQUEST_COLUMN,
  MAC_KEY_COLUMN,
  ...CREDENTIALS_SEALED_COLUMNS,
  ...CARDS_SEALED_COLUMNS,
  ...TOKEN_CACHE_SEALED_COLUMNS,
  ...OPERATORS_SEALED_COLUMNS,
];

/**
 * Says at a start what later would show as values that cannot be opened, here and there: keys that are still needed are
 * not configured.
 */
export async function tellMissingKeks(
  database: Queryable,
  config: Pick<AppConfig, 'keks'>,
  log: Logger,
): Promise<void> {
  const uses = await new KekRotation(database, new CryptoBox(config), SEALED_COLUMNS).status();
  for (const { kek, values, places } of uses.filter(({ isConfigured }) => !isConfigured)) {
    log.error({ kek, values, places }, 'a key encryption key is missing: configure it again; see "kek status"');
  }
}
