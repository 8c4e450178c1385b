/** Starts an HTTP floor, and reads rows that the server made so that a floor writes the same. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const FILE = fileURLToPath(new URL('./http-floor.mjs', import.meta.url));

/** A running floor of `kind` (see http-floor.mjs): its port, and `stop`. */
export function startFloor(kind, { url, poolSize, data }) {
  const child = fork(FILE, [], { serialization: 'advanced', env: { ...process.env, NODE_ENV: 'production' } });
  child.send({ kind, url, poolSize, data });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The floor ${kind} ended`)));
    child.once('message', ({ port }) => resolve({ port, pid: child.pid, stop: () => child.kill() }));
  });
}

/** For each `[table, key]`: all rows of the newest session, as `{table, key, columns, row}`. */
export async function newestRows(url, tables) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const samples = [];
    for (const [table, key] of tables) {
      const { rows, fields } = await client.query(
        `SELECT * FROM ${table} WHERE ${key} = (SELECT max(${key}::text)::uuid FROM ${table})`,
      );
      for (const row of rows) samples.push({ table, key, columns: fields.map((field) => field.name), row });
    }
    return samples;
  } finally {
    await client.end();
  }
}
