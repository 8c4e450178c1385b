import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who looked at what: entries are added and never changed, so the role that the server runs as has no right to. An entry
 * outlives what it speaks of, hence no foreign key.
 */
export class CreateAccessLog1795392110200 implements MigrationInterface {
  name = 'CreateAccessLog1795392110200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_log (
        id uuid NOT NULL CONSTRAINT pk_access_log PRIMARY KEY,
        at timestamptz NOT NULL,
        merchant_id uuid,
        actor text NOT NULL,
        act text NOT NULL,
        subject text NOT NULL,
        data jsonb NOT NULL DEFAULT '{}'
      )`);
    await runner.query('CREATE INDEX ix_access_log_subject ON access_log (subject, at)');
    await runner.query('CREATE INDEX ix_access_log_merchant ON access_log (merchant_id, at)');
    await runner.query(`SELECT countersign_protect('access_log')`);
    await runner.query('REVOKE UPDATE, DELETE, TRUNCATE ON access_log FROM CURRENT_USER');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access_log');
  }
}
