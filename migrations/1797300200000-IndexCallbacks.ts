import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By the end of the index' name. */
const INDEXES = {
  merchant: '(merchant_id, id)',
  dead: `(id) WHERE state = 'dead'`,
  problem: '(last_problem, id) WHERE last_problem IS NOT NULL',
};

/** What people look for among callbacks. Indexed while they are written, and so not in a transaction. */
export class IndexCallbacks1797300200000 implements MigrationInterface {
  name = 'IndexCallbacks1797300200000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, of] of Object.entries(INDEXES)) {
      const index = `ix_callback_message_${name}`;
      // One that was cut short is there and of no use.
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${index} ON callback_message ${of}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX IF EXISTS ix_callback_message_${name}`);
  }
}
