import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions are looked for by why an issuer said no. Like the ACS it becomes a column of the session: an index over the attempt's
 * facts would cost every change of it. Alone, so that the table is locked for a moment only.
 */
export class AddTransStatusReason1797300000000 implements MigrationInterface {
  name = 'AddTransStatusReason1797300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session ADD COLUMN trans_status_reason text');
    await runner.query(`SELECT countersign_protect('session')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session DROP COLUMN trans_status_reason');
  }
}
