import type { SealedColumn } from '@app/platform';
import { macKeyContext } from './access-keys.service';
import { clientSecretContext, webhookKeyContext } from './account-secrets';
import { webhookSecretContext } from './merchant-directory.service';
import { privateContext } from './signing-keys.service';

/** What credentials seal directly under the key encryption key. */
export const CREDENTIALS_SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'access_key', column: 'mac_key_sealed', key: ['id'], context: ({ id = '' }) => macKeyContext(id) },
  {
    table: 'processing_channel',
    column: 'webhook_secret_sealed',
    key: ['id'],
    context: ({ id = '' }) => webhookSecretContext(id),
  },
  {
    table: 'connector_credential',
    column: 'client_secret_sealed',
    key: ['id'],
    context: ({ id = '' }) => clientSecretContext(id),
  },
  {
    table: 'connector_webhook_key',
    column: 'key_sealed',
    key: ['id'],
    context: ({ id = '' }) => webhookKeyContext(id),
  },
  { table: 'signing_key', column: 'private_sealed', key: ['kid'], context: ({ kid = '' }) => privateContext(kid) },
];
