/** Looks for secrets in what Postgres writes to disk: a database's own files, and the write-ahead log. */
import { Client } from 'pg';
import type { TestDatabase } from './database';
import { bytesOf, watchedValues } from './leaks';
import { adminUrl } from './postgres';

/** A place in the write-ahead log. */
export type WalPosition = string;

async function asAdmin<T>(work: (client: Client) => Promise<T>, database?: string): Promise<T> {
  const url = new URL(await adminUrl());
  if (database !== undefined) url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Where the write-ahead log is now: what comes later is what the test wrote, or its neighbours. */
export function walPosition(): Promise<WalPosition> {
  return asAdmin(async (client) => {
    const { rows } = await client.query<{ lsn: string }>('SELECT pg_current_wal_lsn()::text AS lsn');
    return rows[0]?.lsn ?? '0/0';
  });
}

/**
 * The files in which a watched value (or one of `values`) can be read, and the value's first characters: every file of
 * the database after a checkpoint, and the log from `since` until then. They are read through the server, because they
 * belong to its user.
 */
export function findLeaksOnDisk(
  database: Pick<TestDatabase, 'name'>,
  since: WalPosition,
  values: Iterable<string> = watchedValues(),
): Promise<string[]> {
  const sought = [...values].map((value) => ({ value, forms: bytesOf(value) }));
  return asAdmin(async (client) => {
    await client.query('CHECKPOINT');
    const leaks: string[] = [];
    for (const part of [...(await filesOf(client, database.name)), ...(await logFrom(client, since))]) {
      const bytes = await read(client, part);
      for (const { value, forms } of sought) {
        if (forms.some((form) => bytes.includes(form))) leaks.push(`${part.path}: ${value.slice(0, 4)}…`);
      }
    }
    return leaks;
  });
}

/** Bytes of a file; `length` is null for all that follow. */
interface Part {
  path: string;
  offset: number;
  length: number | null;
}

async function filesOf(client: Client, name: string): Promise<Part[]> {
  const { rows } = await client.query<{ path: string }>(
    `SELECT format('base/%s/%s', d.oid, f) AS path FROM pg_database d, pg_ls_dir('base/' || d.oid) f WHERE d.datname = $1`,
    [name],
  );
  if (rows.length === 0) throw new Error(`The database ${name} has no files`);
  return rows.map(({ path }) => ({ path, offset: 0, length: null }));
}

/**
 * Segment files sort by position. What stands in one ahead of the log's end is what it held before it was used again,
 * and the first began before `since`: neither is of this test.
 */
async function logFrom(client: Client, since: WalPosition): Promise<Part[]> {
  const { rows } = await client.query<Part>(
    `WITH log AS (
       SELECT first.file_name AS first, first.file_offset AS from, last.file_name AS last, last.file_offset AS until
       FROM (SELECT pg_current_wal_lsn() AS now) at, pg_walfile_name_offset($1::pg_lsn) first, pg_walfile_name_offset(at.now) last)
     SELECT 'pg_wal/' || name AS path, part.offset, CASE WHEN name = last THEN until - part.offset END AS length
     FROM log, pg_ls_waldir(), LATERAL (SELECT CASE WHEN name = first THEN log.from ELSE 0 END AS offset) part
     WHERE name ~ '^[0-9A-F]{24}$' AND name BETWEEN first AND last ORDER BY name`,
    [since],
  );
  if (rows.length === 0) throw new Error(`No segment of the log holds ${since}`);
  return rows;
}

async function read(client: Client, { path, offset, length }: Part): Promise<Buffer> {
  const { rows } = await client.query<{ bytes: Buffer | null }>(
    'SELECT pg_read_binary_file($1, $2, coalesce($3, (pg_stat_file($1)).size), true) AS bytes',
    [path, offset, length],
  );
  return rows[0]?.bytes ?? Buffer.alloc(0);
}
