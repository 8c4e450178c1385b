import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of keyed hashes that are stored and compared with later: sealed, so that they outlive every key encryption key. */
export class CreateMacKeys1795392011000 implements MigrationInterface {
  name = 'CreateMacKeys1795392011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mac_key (
        purpose text NOT NULL CONSTRAINT pk_mac_key PRIMARY KEY,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mac_key');
  }
}
