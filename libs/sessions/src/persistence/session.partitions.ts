import type { Database } from '@app/platform';

/** Partitioned by the session's id, in the same monthly bounds. */
const BY_SESSION = ['session', 'attempt', 'session_event', 'exchange', 'session_leg'];

/** Makes the partitions that sessions need around `at`, where they are missing. */
export async function ensureSessionPartitions(database: Database, at: Date): Promise<void> {
  for (const parent of BY_SESSION) {
    await database.ensurePartitions({ parent, period: 'month', behind: 1, ahead: 2 }, at);
  }
}
