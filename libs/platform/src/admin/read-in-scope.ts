import type { Database, Queryable } from '../database/database';
import type { MerchantScope } from './actor';

/**
 * Runs `work`, which only reads, within a scope: for some merchants as the reader, so that Postgres itself shows no other
 * rows; for all of them as the owner.
 */
export function readInScope<T>(
  database: Database,
  scope: MerchantScope,
  work: (reader: Queryable) => Promise<T>,
): Promise<T> {
  return scope === 'all' ? work(database) : database.asReader(scope, work);
}
