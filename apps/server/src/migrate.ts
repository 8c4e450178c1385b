import { setTimeout as sleep } from 'node:timers/promises';
import { BoundedWaits, createDataSource } from './data-source';

const LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('countersign migrations')) AS taken";
const PAUSE_MS = 200;

/**
 * Applies what is pending to the database at `url` and gives the names of what was applied. One process at a time: others
 * that start meanwhile ask again and again, and find nothing left to do. The lock belongs to a transaction and not to a
 * session, so that it cannot be left behind in a pooler. Each try is a transaction of its own: an index that is built
 * concurrently waits for the end of every transaction that it found at a statement, also if that was only asking for its turn.
 */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await createDataSource(url, 2)
    .setOptions({ subscribers: [BoundedWaits] })
    .initialize();
  /** What was applied, or null where it is somebody else's turn. */
  const inTurn = (): Promise<string[] | null> =>
    dataSource.transaction(async (guard) => {
      const [row] = await guard.query<{ taken: boolean }[]>(LOCK);
      return row?.taken === true ? (await dataSource.runMigrations()).map(({ name }) => name) : null;
    });
  try {
    for (;;) {
      const applied = await inTurn();
      if (applied !== null) return applied;
      await sleep(PAUSE_MS);
    }
  } finally {
    await dataSource.destroy();
  }
}
