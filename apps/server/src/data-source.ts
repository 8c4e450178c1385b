import { CALLBACKS_ENTITIES } from '@app/callbacks';
import { CARDS_ENTITIES } from '@app/cards';
import { CONNECTOR_EMV3DS_ENTITIES } from '@app/connector-emv3ds';
import { CREDENTIALS_ENTITIES } from '@app/credentials';
import { OPERATORS_ENTITIES } from '@app/operators';
import { PLATFORM_ENTITIES } from '@app/platform';
import { REPORTING_ENTITIES } from '@app/reporting';
import { SESSIONS_ENTITIES } from '@app/sessions';
import { TOKEN_CACHE_ENTITIES } from '@app/token-cache';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import { DataSource, EventSubscriber, type EntitySubscriberInterface, type TransactionStartEvent } from 'typeorm';

/**
 * The one TypeORM data source: entities of every lib, migrations of the house. `synchronize` is never on.
 * `poolSize` connections at most; `url` may point at a pooler in transaction mode. Where requests wait for it, no statement
 * may take longer than `queryTimeoutMs`: told by the driver, because a pooler passes no settings on. Migrations and
 * commands have all the time they need.
 */
export function createDataSource(url: string, poolSize = 16, queryTimeoutMs?: number): DataSource {
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
      ...TOKEN_CACHE_ENTITIES,
      ...OPERATORS_ENTITIES,
      ...REPORTING_ENTITIES,
    ],
    migrations: [join(__dirname, '../../../migrations/*.{ts,js}')],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    applicationName: 'countersign',
    poolSize,
    extra: {
      idleTimeoutMillis: 60_000,
      // Also the longest wait for a connection of the pool.
      connectionTimeoutMillis: 5_000,
      // A server that went away without a word is noticed.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      onConnect: surviveItsEnd,
      ...(queryTimeoutMs === undefined ? {} : { query_timeout: queryTimeoutMs }),
    },
  });
}

/**
 * A server that goes down as a connection is made says so in the same breath as that it is ready: while the pool has let go of the
 * connection and whoever gets it has not taken it. An error that nobody listens to then would end the process.
 */
function surviveItsEnd(client: PoolClient): void {
  client.on('error', () => undefined);
}

/**
 * A migration that does not get a table soon fails, and everybody else goes on: who waits for a lock makes all queue up who
 * come after. Of each transaction and not of the session, so that it cannot be left behind in a pooler.
 */
@EventSubscriber()
export class BoundedWaits implements EntitySubscriberInterface {
  async afterTransactionStart({ queryRunner }: TransactionStartEvent): Promise<void> {
    await queryRunner.query(`SET LOCAL lock_timeout = '3s'`);
  }
}
