import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Connectors that start at creation and can be asked: an attempt may be opened before it is asked, may have a name of its
 * own for notices, and a session says when to ask what became of it.
 */
export class AskConnectors1795392120000 implements MigrationInterface {
  name = 'AskConnectors1795392120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE session ADD COLUMN inquire_at timestamptz');
    await runner.query('CREATE INDEX ix_session_inquire ON session (inquire_at) WHERE inquire_at IS NOT NULL');
    await runner.query(`
      ALTER TABLE attempt
        ADD COLUMN starts_at text NOT NULL DEFAULT 'channel_data',
        ADD COLUMN correlation_key text,
        ADD CONSTRAINT ck_attempt_starts_at CHECK (starts_at IN ('channel_data','creation')),
        DROP CONSTRAINT ck_attempt_progress,
        ADD CONSTRAINT ck_attempt_progress CHECK (progress IN ('planned','opened','asked','answered','settled'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE attempt SET progress = 'planned' WHERE progress = 'opened'`);
    await runner.query(`
      ALTER TABLE attempt
        DROP COLUMN starts_at,
        DROP COLUMN correlation_key,
        DROP CONSTRAINT ck_attempt_progress,
        ADD CONSTRAINT ck_attempt_progress CHECK (progress IN ('planned','asked','answered','settled'))`);
    await runner.query('DROP INDEX ix_session_inquire');
    await runner.query('ALTER TABLE session DROP COLUMN inquire_at');
  }
}
