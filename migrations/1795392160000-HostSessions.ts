import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Hosted sessions: where the cardholder goes back to the merchant, the link that brings the cardholder to our page, and
 * when that page came to which point. The link has a table of its own, because a token is looked up without knowing when
 * its session was made; the times have one beside the session's row, because they must not race its version. Replicas of
 * before insert and read as they did.
 */
export class HostSessions1795392160000 implements MigrationInterface {
  name = 'HostSessions1795392160000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session
        ADD COLUMN success_url text,
        ADD COLUMN failure_url text,
        ADD CONSTRAINT ck_session_hosted
          CHECK ((flow = 'hosted') = (success_url IS NOT NULL) AND (success_url IS NULL) = (failure_url IS NULL))`);
    await runner.query(`
      CREATE TABLE hosted_link (
        token_hash bytea NOT NULL,
        session_id uuid NOT NULL,
        merchant_id uuid NOT NULL,
        token_sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        forget_at timestamptz NOT NULL,
        view_id text,
        seen_at timestamptz,
        challenge_shown_at timestamptz,
        challenge_window text,
        CONSTRAINT pk_hosted_link PRIMARY KEY (token_hash),
        CONSTRAINT uq_hosted_link_session UNIQUE (session_id),
        CONSTRAINT ck_hosted_link_challenge_window CHECK (challenge_window IN ('01','02','03','04','05'))
      )`);
    await runner.query('CREATE INDEX ix_hosted_link_forget ON hosted_link (forget_at)');
    await runner.query(`
      CREATE TABLE session_leg (
        session_id uuid NOT NULL,
        leg text NOT NULL,
        merchant_id uuid NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pk_session_leg PRIMARY KEY (session_id, leg),
        CONSTRAINT ck_session_leg_leg
          CHECK (leg IN ('page_shown','method_started','method_finished','challenge_shown','first_input'))
      ) PARTITION BY RANGE (session_id)`);
    await runner.query(`SELECT countersign_ensure_partitions('session_leg', 'month', 1, 2)`);
    for (const table of ['session', 'hosted_link', 'session_leg']) {
      await runner.query('SELECT countersign_protect($1::regclass)', [table]);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session_leg');
    await runner.query('DROP TABLE hosted_link');
    await runner.query('ALTER TABLE session DROP COLUMN success_url, DROP COLUMN failure_url');
  }
}
