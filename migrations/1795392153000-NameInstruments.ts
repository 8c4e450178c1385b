import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which kept card a session is of. It may be deleted meanwhile: the session still says its name. */
export class NameInstruments1795392153000 implements MigrationInterface {
  name = 'NameInstruments1795392153000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session ADD COLUMN instrument_id uuid');
    await runner.query(`SELECT countersign_protect('session')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session DROP COLUMN instrument_id');
  }
}
