import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Callbacks that their merchant did not have within a day of the session, whose id begins with its milliseconds: rollups of reports
 * do not have them. Indexed while they are written, and so not in a transaction.
 */
export class IndexLateCallbacks1797300510000 implements MigrationInterface {
  name = 'IndexLateCallbacks1797300510000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // One that was cut short is there and of no use.
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS ix_callback_message_late');
    await runner.query(`
      CREATE INDEX CONCURRENTLY ix_callback_message_late ON callback_message (session_id)
      WHERE delivered_at IS NULL OR delivered_at - to_timestamp(('x' || left(replace(session_id::text, '-', ''), 12))::bit(48)::bigint / 1000::float8)
        > interval '24 hours'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX IF EXISTS ix_callback_message_late');
  }
}
