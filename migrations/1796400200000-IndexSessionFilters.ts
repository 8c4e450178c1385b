import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What operators narrow sessions by beside what they know of a card. The ACS and the verdict become columns: the row of a
 * session is written anew with its end in any case, while an index over the attempt's facts would cost every change of it.
 * The indexes hold nothing of a session at its creation, and of most of them nothing at all: what succeeded is found along the time.
 */
export class IndexSessionFilters1796400200000 implements MigrationInterface {
  name = 'IndexSessionFilters1796400200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session ADD COLUMN acs_reference text, ADD COLUMN liability_shift text,
        ADD CONSTRAINT ck_session_liability_shift CHECK (liability_shift IN ('yes', 'no', 'unknown'))`);
    await runner.query(`SELECT countersign_protect('session')`);
    await runner.query(`
      UPDATE session s SET acs_reference = a.facts #>> '{acs,referenceNumber}'
      FROM attempt a WHERE a.session_id = s.id AND a.number = s.attempt_number AND a.facts ? 'acs'`);
    await runner.query('CREATE INDEX ix_session_acs ON session (acs_reference, id) WHERE acs_reference IS NOT NULL');
    await runner.query(`
      CREATE INDEX ix_session_failed ON session (status, id)
      WHERE status IN ('declined', 'rejected', 'unavailable', 'challenge_abandoned', 'expired')`);
    await runner.query('CREATE INDEX ix_session_refused ON session (id) WHERE refusal_code IS NOT NULL');
    await runner.query(`
      CREATE INDEX ix_callback_message_failed ON callback_message (session_id)
      WHERE last_problem IS NOT NULL AND state <> 'delivered'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['callback_message_failed', 'session_failed', 'session_refused']) {
      await runner.query(`DROP INDEX ix_${index}`);
    }
    await runner.query('ALTER TABLE session DROP COLUMN acs_reference, DROP COLUMN liability_shift');
  }
}
