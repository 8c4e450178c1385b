import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How directory servers answer, in the whole cluster, and the certificates that they show. No merchant's data. */
export class CountDirectoryServerCalls1797100100000 implements MigrationInterface {
  name = 'CountDirectoryServerCalls1797100100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE directory_server
        ADD COLUMN certificate_subject text,
        ADD COLUMN certificate_issuer text,
        ADD COLUMN certificate_not_before timestamptz,
        ADD COLUMN certificate_not_after timestamptz,
        ADD COLUMN certificate_seen_at timestamptz`);
    await runner.query(`
      CREATE TABLE directory_server_call (
        environment text NOT NULL,
        directory_server_id text NOT NULL,
        at timestamptz NOT NULL,
        is_good boolean NOT NULL,
        bin smallint NOT NULL,
        calls int NOT NULL,
        CONSTRAINT pk_directory_server_call PRIMARY KEY (environment, directory_server_id, at, is_good, bin),
        CONSTRAINT ck_directory_server_call_bin CHECK (bin BETWEEN 0 AND 56),
        CONSTRAINT fk_directory_server_call_directory_server FOREIGN KEY (environment, directory_server_id)
          REFERENCES directory_server (environment, id) ON DELETE CASCADE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE directory_server_call');
    await runner.query(`
      ALTER TABLE directory_server DROP COLUMN certificate_subject, DROP COLUMN certificate_issuer,
        DROP COLUMN certificate_not_before, DROP COLUMN certificate_not_after, DROP COLUMN certificate_seen_at`);
  }
}
