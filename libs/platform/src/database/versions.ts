import { encodeId, NotFound, type IdKind } from '@app/kernel';
import { ChangedMeanwhile } from '../admin/changed-meanwhile';
import type { Queryable } from './database';

/** A table whose rows have `id`, `version` and `updated_at`, and what such a row is on the wire. */
export interface Versioned {
  readonly table: string;
  readonly kind: IdKind;
  /** What is not there then: `merchant` answers `merchant_not_found`. */
  readonly resource: string;
}

/**
 * Begins a change of a row, which is nobody else's until `tx` ends, and gives it its next version. With `from` only that
 * version is changed; null changes whatever is there. The statement that writes is the one that looks: of two at once one
 * finds the version that it wants.
 * @throws ChangedMeanwhile, NotFound
 */
export async function takeVersion(
  tx: Queryable,
  { table, kind, resource }: Versioned,
  id: string,
  from: number | null,
  at: Date,
): Promise<void> {
  const taken = await tx.query(
    `UPDATE ${table} SET version = version + 1, updated_at = $3
     WHERE id = $1 AND ($2::int IS NULL OR version = $2) RETURNING 1`,
    [id, from, at],
  );
  if (taken.length > 0) return;
  const [row] = await tx.query<{ since: Date }>(`SELECT updated_at AS since FROM ${table} WHERE id = $1`, [id]);
  if (!row) throw new NotFound(resource);
  throw new ChangedMeanwhile(encodeId(kind, id), row.since);
}

/** Whether an edit is about a thing as it was just read: one that finds nothing to do has only to look. */
export const isAbout = ({ version }: { readonly version: number }, from: number | null): boolean =>
  from === null || from === version;
