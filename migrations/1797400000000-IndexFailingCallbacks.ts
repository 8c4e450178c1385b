import type { MigrationInterface, QueryRunner } from 'typeorm';

const FAILING = `WHERE last_problem IS NOT NULL AND state <> 'delivered'`;

/**
 * Sessions whose callback failed are read off this index alone, also by who sees some merchants' only: the one before did not say
 * whose they are, so that each message was looked at. Indexed while they are written, and so not in a transaction.
 */
export class IndexFailingCallbacks1797400000000 implements MigrationInterface {
  name = 'IndexFailingCallbacks1797400000000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // One that was cut short is there and of no use.
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS ix_callback_message_failing');
    await runner.query(
      `CREATE INDEX CONCURRENTLY ix_callback_message_failing ON callback_message (session_id, merchant_id) ${FAILING}`,
    );
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS ix_callback_message_failed');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX IF NOT EXISTS ix_callback_message_failed ON callback_message (session_id) ${FAILING}`,
    );
    await runner.query('DROP INDEX IF EXISTS ix_callback_message_failing');
  }
}
