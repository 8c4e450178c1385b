import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When an issuer's page sent the browser back to our own: from then on its page is not shown again by itself. Replicas of before
 * neither read nor write it.
 */
export class NoteReturns1796200000000 implements MigrationInterface {
  name = 'NoteReturns1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE hosted_link ADD COLUMN returned_at timestamptz');
    await runner.query(`SELECT countersign_protect('hosted_link')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE hosted_link DROP COLUMN returned_at');
  }
}
