import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody held the table for longer than we wait, or we were the victim of a deadlock. */
const HELD = new Set(['55P03', '40P01']);
const TRIES = 5;
const PAUSE_MS = 200;

/** A table that is partitioned by UUIDv7 keys, and how many partitions it is to have around the present one. */
export interface Partitioned {
  parent: string;
  period: 'day' | 'month';
  behind: number;
  ahead: number;
}

/**
 * Makes the partitions around `at` that are missing; returns how many it made. Waits a moment only for those who use the
 * table, so that nobody queues up behind us, and comes again. Safe to call from any number of replicas.
 */
export async function ensurePartitions(
  db: { query(sql: string, values: readonly unknown[]): Promise<readonly { made?: unknown }[]> },
  table: Partitioned,
  at: Date,
): Promise<number> {
  for (let tried = 1; ; tried++) {
    try {
      const [row] = await db.query(
        'SELECT countersign_ensure_partitions($1, $2, $3::int, $4::int, $5::timestamptz) AS made',
        [table.parent, table.period, table.behind, table.ahead, at],
      );
      return Number(row?.made ?? 0);
    } catch (error) {
      if (tried === TRIES || !HELD.has(String((error as { code?: unknown }).code))) throw error;
      await sleep(PAUSE_MS * tried);
    }
  }
}
