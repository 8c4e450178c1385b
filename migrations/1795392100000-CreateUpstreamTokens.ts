import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Access tokens that upstreams issue to us, sealed, and who is fetching the next one. Fetches are numbered by one sequence for
 * ever: a row that was deleted and made again must not take an old number for its own.
 */
export class CreateUpstreamTokens1795392100000 implements MigrationInterface {
  name = 'CreateUpstreamTokens1795392100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SEQUENCE upstream_token_fetch');
    await runner.query(`
      CREATE TABLE upstream_token (
        key text NOT NULL CONSTRAINT pk_upstream_token PRIMARY KEY,
        account_id uuid NOT NULL,
        credential_version int NOT NULL,
        scopes text[] NOT NULL,
        audience text,
        version bigint NOT NULL,
        fence bigint NOT NULL,
        claimed_until timestamptz,
        sealed bytea,
        sequence bigint,
        issued_at timestamptz,
        expires_at timestamptz,
        renew_at timestamptz NOT NULL,
        in_use_until timestamptz NOT NULL,
        life_ms int,
        refusal_code text,
        failures int NOT NULL DEFAULT 0,
        failure_cause text,
        rejections int NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        CONSTRAINT ck_upstream_token_token CHECK (
          (sealed IS NULL) = (sequence IS NULL) AND (sealed IS NULL) = (issued_at IS NULL)
          AND (sealed IS NULL) = (expires_at IS NULL))
      )`);
    await runner.query('CREATE INDEX ix_upstream_token_renew_at ON upstream_token (renew_at)');
    await runner.query('CREATE INDEX ix_upstream_token_account ON upstream_token (account_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE upstream_token');
    await runner.query('DROP SEQUENCE upstream_token_fetch');
  }
}
