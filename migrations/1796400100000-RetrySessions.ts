import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions that operators made in the place of others. What is unique, that a session is retried once, cannot be said on a
 * partitioned table and has one of its own; it also leads from a session to its successor.
 */
export class RetrySessions1796400100000 implements MigrationInterface {
  name = 'RetrySessions1796400100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session ADD COLUMN retry_of uuid, ADD COLUMN life_minutes integer,
        ADD CONSTRAINT ck_session_life CHECK (life_minutes BETWEEN 60 AND 10080)`);
    await runner.query(`SELECT countersign_protect('session')`);
    await runner.query(`
      CREATE TABLE session_retry (
        retry_of uuid NOT NULL CONSTRAINT pk_session_retry PRIMARY KEY,
        session_id uuid NOT NULL,
        merchant_id uuid NOT NULL,
        number integer NOT NULL,
        CONSTRAINT uq_session_retry_session UNIQUE (session_id),
        CONSTRAINT ck_session_retry_number CHECK (number > 1)
      )`);
    await runner.query(`SELECT countersign_protect('session_retry')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session_retry');
    await runner.query('ALTER TABLE session DROP COLUMN retry_of, DROP COLUMN life_minutes');
  }
}
