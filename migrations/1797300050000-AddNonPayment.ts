import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions are looked for by their category. Nearly all are payments: a column tells the others, which alone are indexed, and
 * nobody's details need be read. Alone, so that the table is locked for a moment only.
 */
export class AddNonPayment1797300050000 implements MigrationInterface {
  name = 'AddNonPayment1797300050000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session ADD COLUMN is_non_payment boolean NOT NULL DEFAULT false');
    await runner.query(`SELECT countersign_protect('session')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session DROP COLUMN is_non_payment');
  }
}
