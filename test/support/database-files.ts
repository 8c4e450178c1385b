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
 * the database after a checkpoint, and every segment of the log from `since`. They are read through the server, because
 * they belong to its user.
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
    for (const path of [...(await filesOf(client, database.name)), ...(await segmentsFrom(client, since))]) {
      const bytes = await read(client, path);
      for (const { value, forms } of sought) {
        if (forms.some((form) => bytes.includes(form))) leaks.push(`${path}: ${value.slice(0, 4)}…`);
      }
    }
    return leaks;
  });
}

async function filesOf(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ path: string }>(
    `SELECT format('base/%s/%s', d.oid, f) AS path FROM pg_database d, pg_ls_dir('base/' || d.oid) f WHERE d.datname = $1`,
    [name],
  );
  if (rows.length === 0) throw new Error(`The database ${name} has no files`);
  return rows.map(({ path }) => path);
}

/** Segment files sort by position; recycled ones, which stand ahead of the log with old content, are left out. */
async function segmentsFrom(client: Client, since: WalPosition): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'
       AND name BETWEEN pg_walfile_name($1::pg_lsn) AND pg_walfile_name(pg_current_wal_lsn()) ORDER BY name`,
    [since],
  );
  if (rows.length === 0) throw new Error(`No segment of the log holds ${since}`);
  return rows.map(({ name }) => `pg_wal/${name}`);
}

async function read(client: Client, path: string): Promise<Buffer> {
  const { rows } = await client.query<{ bytes: Buffer | null }>('SELECT pg_read_binary_file($1, true) AS bytes', [
    path,
  ]);
  return rows[0]?.bytes ?? Buffer.alloc(0);
}
