import { setTimeout as sleep } from 'node:timers/promises';
import { BoundedWaits, createDataSource } from './data-source';

const LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('countersign migrations')) AS taken";
const PAUSE_MS = 200;

interface Guard {
  query(sql: string): Promise<{ taken: boolean }[]>;
}

/**
 * Applies what is pending to the database at `url` and gives the names of what was applied. One process at a time: others
 * that start meanwhile wait, and find nothing left to do. The lock belongs to a transaction and not to a session, so that
 * it cannot be left behind in a pooler.
 */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await createDataSource(url, 2)
    .setOptions({ subscribers: [BoundedWaits] })
    .initialize();
  try {
    return await dataSource.transaction(async (guard) => {
      await turnOf(guard);
      return (await dataSource.runMigrations()).map(({ name }) => name);
    });
  } finally {
    await dataSource.destroy();
  }
}

/** Asks again and again: an index that is built concurrently would wait for a statement that waits for the lock. */
async function turnOf(guard: Guard): Promise<void> {
  for (;;) {
    const [row] = await guard.query(LOCK);
    if (row?.taken === true) return;
    await sleep(PAUSE_MS);
  }
}
