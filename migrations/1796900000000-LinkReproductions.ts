import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sessions replay, in the simulator of a demo, what others met. Sessions themselves are partitioned and stay as they are. */
export class LinkReproductions1796900000000 implements MigrationInterface {
  name = 'LinkReproductions1796900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session_reproduction (
        session_id uuid NOT NULL CONSTRAINT pk_session_reproduction PRIMARY KEY,
        reproduced_from uuid NOT NULL,
        merchant_id uuid NOT NULL,
        key_hash bytea
      )`);
    await runner.query(
      'CREATE INDEX ix_session_reproduction_from ON session_reproduction (reproduced_from, session_id)',
    );
    await runner.query(`SELECT countersign_protect('session_reproduction')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session_reproduction');
  }
}
