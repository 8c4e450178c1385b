import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of a token's fetches over its row's life, in the whole cluster, and which process fetches or fetched last. */
export class CountTokenFetches1797100000000 implements MigrationInterface {
  name = 'CountTokenFetches1797100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE upstream_token
        ADD COLUMN holder text,
        ADD COLUMN fetches bigint NOT NULL DEFAULT 0,
        ADD COLUMN lives bigint NOT NULL DEFAULT 0,
        ADD COLUMN failed_fetches bigint NOT NULL DEFAULT 0,
        ADD COLUMN last_failure text,
        ADD COLUMN last_failed_at timestamptz,
        ADD COLUMN waits bigint NOT NULL DEFAULT 0,
        ADD COLUMN last_waited_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE upstream_token DROP COLUMN holder, DROP COLUMN fetches, DROP COLUMN lives, DROP COLUMN failed_fetches,
        DROP COLUMN last_failure, DROP COLUMN last_failed_at, DROP COLUMN waits, DROP COLUMN last_waited_at`);
  }
}
