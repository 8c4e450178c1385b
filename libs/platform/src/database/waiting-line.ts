import type { Pool } from 'pg';
import type { Database } from './database';

/** How many queries wait for a connection of the pool at this moment. */
export function waitingQueries(database: Pick<Database, 'dataSource'>): number {
  return (database.dataSource.driver as unknown as { master?: Pool }).master?.waitingCount ?? 0;
}
