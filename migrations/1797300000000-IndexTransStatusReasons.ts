import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions are looked for by why an issuer said no. Like the ACS it becomes a column of the session: an index over the attempt's
 * facts would cost every change of it. What went well has no reason, and costs nothing.
 */
export class IndexTransStatusReasons1797300000000 implements MigrationInterface {
  name = 'IndexTransStatusReasons1797300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session ADD COLUMN trans_status_reason text');
    await runner.query(`SELECT countersign_protect('session')`);
    await runner.query(`
      UPDATE session s SET trans_status_reason = a.facts ->> 'transStatusReason'
      FROM attempt a WHERE a.session_id = s.id AND a.number = s.attempt_number AND a.facts ? 'transStatusReason'`);
    await runner.query(`
      CREATE INDEX ix_session_trans_status_reason ON session (trans_status_reason, id)
      WHERE trans_status_reason IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session DROP COLUMN trans_status_reason');
  }
}
