import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Words of which there are few, by table. Of a page that most of a table fulfils the first rows are soon found; of one that
 * nobody fulfils, all were walked. A summary of some pages (which of these words are there at all) costs an insert next to
 * nothing, where an index of each word doubled it.
 */
const SUMMARIES = {
  session: ['environment', 'flow', 'device_channel', 'currency'],
  attempt: ['protocol_version', 'connector'],
};
/** Of 8 kB: some two hundred rows. */
const PAGES = 16;
const LOCK_TIMEOUT = `SET LOCAL lock_timeout = '3s'`;

/** Partition by partition, while they are written. Not one transaction: one that was cut short begins again where it was. */
export class SummariseSessions1797300800000 implements MigrationInterface {
  name = 'SummariseSessions1797300800000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(SUMMARIES)) await summarise(runner, table, columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(SUMMARIES)) await runner.query(`DROP INDEX IF EXISTS ix_${table}_summary`);
  }
}

/** The parent's index holds nothing and makes partitions to come have theirs; it is whole when each present one has. */
async function summarise(runner: QueryRunner, table: string, columns: readonly string[]): Promise<void> {
  const name = `ix_${table}_summary`;
  const members = columns.map((column) => `${column} text_bloom_ops`).join(', ');
  const of = `USING brin (${members}) WITH (pages_per_range = ${PAGES}, autosummarize = on)`;
  // Several statements in one are one transaction, so that the limit is theirs only.
  await runner.query(`${LOCK_TIMEOUT}; CREATE INDEX IF NOT EXISTS ${name} ON ONLY ${table} ${of}`);
  const partitions = (await runner.query(
    `SELECT c.relname AS partition FROM pg_inherits p JOIN pg_class c ON c.oid = p.inhrelid
     WHERE p.inhparent = $1::regclass AND NOT EXISTS (
       SELECT FROM pg_inherits i JOIN pg_index own ON own.indexrelid = i.inhrelid
       WHERE i.inhparent = $2::regclass AND own.indrelid = c.oid)
     ORDER BY c.relname`,
    [table, name],
  )) as { partition: string }[];
  for (const { partition } of partitions) {
    const child = name.replace(table, partition);
    // One that was cut short is there and of no use.
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${child}`);
    await runner.query(`CREATE INDEX CONCURRENTLY ${child} ON ${partition} ${of}`);
    await runner.query(`${LOCK_TIMEOUT}; ALTER INDEX ${name} ATTACH PARTITION ${child}`);
  }
}
