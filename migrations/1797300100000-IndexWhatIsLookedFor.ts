import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is indexed, by the end of the index' name. What went well has no reason, and most is a payment: they cost nothing. */
const INDEXES = {
  // From a session to the one that stands in for it, also when `session_retry` has forgotten the pair.
  retry_of: '(retry_of) WHERE retry_of IS NOT NULL',
  trans_status_reason: '(trans_status_reason, id) WHERE trans_status_reason IS NOT NULL',
  non_payment: '(id) WHERE is_non_payment',
};
const BATCH = 1_000;
const LOCK_TIMEOUT = `SET LOCAL lock_timeout = '3s'`;

/**
 * Fills `trans_status_reason` and `is_non_payment` in batches, and indexes sessions partition by partition, while they are written. Not one
 * transaction: one that was cut short begins again where it was.
 */
export class IndexWhatIsLookedFor1797300100000 implements MigrationInterface {
  name = 'IndexWhatIsLookedFor1797300100000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await fill(runner, REASONS);
    await fill(runner, CATEGORIES);
    for (const [name, of] of Object.entries(INDEXES)) await index(runner, `ix_session_${name}`, of);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX IF EXISTS ix_session_${name}`);
  }
}

/** Fills the batch after the row that is named by $1 and $2, and tells its last row, if it has one. */
const REASONS = `WITH batch AS MATERIALIZED (
    SELECT session_id AS id, number, facts ->> 'transStatusReason' AS reason FROM attempt
    WHERE (session_id, number) > ($1::uuid, $2::int) AND facts ? 'transStatusReason'
    ORDER BY session_id, number LIMIT ${BATCH}
  ), filled AS (
    UPDATE session s SET trans_status_reason = batch.reason FROM batch
    WHERE s.id = batch.id AND s.attempt_number = batch.number AND s.trans_status_reason IS NULL
  )
  SELECT id, number FROM batch ORDER BY id DESC, number DESC LIMIT 1`;
const CATEGORIES = `WITH batch AS MATERIALIZED (
    SELECT id, details #>> '{purchase,authenticationCategory}' AS category FROM session
    WHERE id > $1::uuid ORDER BY id LIMIT ${BATCH}
  ), filled AS (
    UPDATE session s SET is_non_payment = true FROM batch
    WHERE s.id = batch.id AND batch.category = 'non_payment' AND NOT s.is_non_payment
  )
  SELECT id, $2::int AS number FROM batch ORDER BY id DESC LIMIT 1`;

async function fill(runner: QueryRunner, batch: string): Promise<void> {
  let last: Row | undefined = { id: '00000000-0000-0000-0000-000000000000', number: 0 };
  while (last) [last] = (await runner.query(batch, [last.id, last.number])) as Row[];
}

interface Row {
  id: string;
  number: number;
}

/** The parent's index holds nothing and makes partitions to come have theirs; it is whole when each present one has. */
async function index(runner: QueryRunner, name: string, of: string): Promise<void> {
  // Several statements in one are one transaction, so that the limit is theirs only.
  await runner.query(`${LOCK_TIMEOUT}; CREATE INDEX IF NOT EXISTS ${name} ON ONLY session ${of}`);
  const partitions = (await runner.query(
    `SELECT c.relname AS partition FROM pg_inherits p JOIN pg_class c ON c.oid = p.inhrelid
     WHERE p.inhparent = 'session'::regclass AND NOT EXISTS (
       SELECT FROM pg_inherits i JOIN pg_index own ON own.indexrelid = i.inhrelid
       WHERE i.inhparent = $1::regclass AND own.indrelid = c.oid)
     ORDER BY c.relname`,
    [name],
  )) as { partition: string }[];
  for (const { partition } of partitions) {
    const child = name.replace('session', partition);
    // One that was cut short is there and of no use.
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${child}`);
    await runner.query(`CREATE INDEX CONCURRENTLY ${child} ON ${partition} ${of}`);
    await runner.query(`${LOCK_TIMEOUT}; ALTER INDEX ${name} ATTACH PARTITION ${child}`);
  }
}
