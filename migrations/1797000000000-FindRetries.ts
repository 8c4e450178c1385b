import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From a session to the one that stands in for it, also when `session_retry` has forgotten the pair. */
export class FindRetries1797000000000 implements MigrationInterface {
  name = 'FindRetries1797000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_session_retry_of ON session (retry_of) WHERE retry_of IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_session_retry_of');
  }
}
