import { CALLBACKS_ENTITIES } from '@app/callbacks';
import { CARDS_ENTITIES } from '@app/cards';
import { CONNECTOR_EMV3DS_ENTITIES } from '@app/connector-emv3ds';
import { CREDENTIALS_ENTITIES } from '@app/credentials';
import { PLATFORM_ENTITIES } from '@app/platform';
import { SESSIONS_ENTITIES } from '@app/sessions';
import { join } from 'node:path';
import { DataSource } from 'typeorm';

/**
 * The one TypeORM data source: entities of every lib, migrations of the house. `synchronize` is never on.
 * `poolSize` connections at most; `url` may point at a pooler in transaction mode.
 */
export function createDataSource(url: string, poolSize = 16): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [
      ...PLATFORM_ENTITIES,
      ...CREDENTIALS_ENTITIES,
      ...CARDS_ENTITIES,
      ...CONNECTOR_EMV3DS_ENTITIES,
      ...CALLBACKS_ENTITIES,
      ...SESSIONS_ENTITIES,
    ],
    migrations: [join(__dirname, '../../../migrations/*.{ts,js}')],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    applicationName: 'countersign',
    poolSize,
    extra: { idleTimeoutMillis: 60_000, connectionTimeoutMillis: 5_000 },
  });
}
