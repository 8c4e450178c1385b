import type { Database, Queryable } from '../database/database';
import type { MerchantScope } from './actor';

/**
 * Runs `work`, which only reads, within a scope: for some merchants as the reader, so that Postgres itself shows no other
 * rows; for all of them as the owner.
 * @param withinMs ends each statement after so long, at the server as well
 */
export function readInScope<T>(
  database: Database,
  scope: MerchantScope,
  work: (reader: Queryable) => Promise<T>,
  withinMs?: number,
): Promise<T> {
  if (scope !== 'all') return database.asReader(scope, work, withinMs);
  return withinMs === undefined ? work(database) : database.readWithin(withinMs, work);
}
