/** The floor of `create`: BEGIN, three prepared inserts of the same rows, COMMIT, by 16 clients over a pool of as many. */
import pg from 'pg';
import { uuidV7 } from './uuid.mjs';

const asParameter = (value) =>
  value !== null && typeof value === 'object' && !Buffer.isBuffer(value) && !(value instanceof Date)
    ? JSON.stringify(value)
    : value;

let pool;

async function run({ url, clients, durationMs, sample }) {
  pool ??= new pg.Pool({ connectionString: url, max: clients });
  const inserts = Object.entries(sample).map(([table, { key, columns, row }]) => ({
    name: `insert_${table}`,
    text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    keyAt: columns.indexOf(key),
    values: columns.map((column) => asParameter(row[column])),
  }));
  const latencies = [];
  const until = performance.now() + durationMs;
  const worker = async () => {
    while (performance.now() < until) {
      const startedAt = performance.now();
      const id = uuidV7();
      const client = await pool.connect();
      await client.query('BEGIN');
      for (const { name, text, values, keyAt } of inserts) {
        await client.query({ name, text, values: values.with(keyAt, id) });
      }
      await client.query('COMMIT');
      client.release();
      latencies.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: clients }, worker));
  return { perSecond: latencies.length / ((performance.now() - startedAt) / 1000), latencies };
}

process.on('message', (job) => {
  run(job).then(
    (result) => process.send(result),
    (error) => process.send({ error: String(error) }),
  );
});
