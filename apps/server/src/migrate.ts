import { createDataSource } from './data-source';

const LOCK = "SELECT pg_advisory_xact_lock(hashtext('countersign migrations'))";

/**
 * Applies what is pending to the database at `url` and gives the names of what was applied. One process at a time: others
 * that start meanwhile wait, and find nothing left to do. The lock belongs to a transaction and not to a session, so that
 * it cannot be left behind in a pooler.
 */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await createDataSource(url, 2).initialize();
  try {
    return await dataSource.transaction(async (guard) => {
      await guard.query(LOCK);
      return (await dataSource.runMigrations()).map(({ name }) => name);
    });
  } finally {
    await dataSource.destroy();
  }
}
