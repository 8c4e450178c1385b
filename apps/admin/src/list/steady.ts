import type { Item } from './column';

/** A list that stands still: what its rows say now, and how many came that are not shown. */
export interface Steady<Row> {
  readonly rows: readonly Row[];
  readonly newCount: number;
}

/**
 * Rows that stay where they are while the list is asked for again: each says what it says now, none moves, none comes or goes.
 * @param shown the rows as they were shown first
 * @param fresh the same page as it is now
 */
export function steady<Row extends Item>(shown: readonly Row[], fresh: readonly Row[]): Steady<Row> {
  const now = new Map(fresh.map((row) => [row.id, row]));
  const known = new Set(shown.map(({ id }) => id));
  return {
    rows: shown.map((row) => now.get(row.id) ?? row),
    newCount: fresh.filter(({ id }) => !known.has(id)).length,
  };
}
