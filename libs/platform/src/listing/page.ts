import { encodeCursor } from './cursor';
import type { ListPage, ListQuery } from './listing';

/** What every row of a list has beside its own columns (`listSql`). */
export interface ListRow {
  readonly rowId: string;
  readonly sortKey: string;
}

/**
 * The answer to a list query. `rows` are those of the statement that `listSql` made, one more than the limit where more
 * are there; `present` shows one, and of what it shows only the fields that were asked for (and `id`) are left.
 */
export function pageOf<Row extends ListRow>(
  query: ListQuery,
  rows: readonly Row[],
  present: (row: Row) => Readonly<Record<string, unknown>>,
): ListPage {
  const backwards = query.after?.backwards ?? false;
  const shown = rows.slice(0, query.limit);
  if (backwards) shown.reverse();
  const hasMore = rows.length > query.limit;
  const cursor = (row: Row | undefined, before: boolean): string | null =>
    row ? encodeCursor(query.sort, { backwards: before, key: row.sortKey, id: row.rowId }) : null;
  return {
    data: shown.map((row) => chosen(present(row), query.fields)),
    // Whoever came from the other side has something there.
    next: backwards || hasMore ? cursor(shown.at(-1), false) : null,
    prev: (backwards ? hasMore : query.after !== null) ? cursor(shown[0], true) : null,
  };
}

function chosen(item: Readonly<Record<string, unknown>>, fields: readonly string[] | null): object {
  if (fields === null) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => name === 'id' || fields.includes(name)));
}
