import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signing in through an identity provider: whom an operator is there, how a session was opened, and which states of
 * sign-ins were used.
 */
export class AddOidcSignIn1797200000000 implements MigrationInterface {
  name = 'AddOidcSignIn1797200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE operator
        ADD COLUMN oidc_issuer text,
        ADD COLUMN oidc_subject text,
        ADD COLUMN oidc_linked_at timestamptz,
        ADD CONSTRAINT uq_operator_oidc UNIQUE (oidc_issuer, oidc_subject),
        ADD CONSTRAINT ck_operator_oidc CHECK (num_nulls(oidc_issuer, oidc_subject, oidc_linked_at) IN (0, 3)),
        DROP CONSTRAINT ck_operator_password,
        ADD CONSTRAINT ck_operator_proof
          CHECK (status <> 'active' OR password_hash IS NOT NULL OR oidc_subject IS NOT NULL)`);
    await runner.query(`
      ALTER TABLE operator_session
        ADD COLUMN opened_by text NOT NULL DEFAULT 'password',
        ADD COLUMN is_vouched boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT ck_operator_session_opened_by CHECK (opened_by IN ('password', 'oidc'))`);
    await runner.query(`
      CREATE TABLE oidc_return (
        state_hash bytea NOT NULL CONSTRAINT pk_oidc_return PRIMARY KEY,
        expires_at timestamptz NOT NULL
      )`);
    // Nobody who reads for merchants has anything to see here.
    await runner.query(`SELECT countersign_protect('oidc_return', 'false', shared => false)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oidc_return');
    await runner.query('ALTER TABLE operator_session DROP COLUMN is_vouched, DROP COLUMN opened_by');
    // Whoever has no password is invited anew.
    await runner.query(`UPDATE operator SET status = 'invited' WHERE status = 'active' AND password_hash IS NULL`);
    await runner.query(`
      ALTER TABLE operator
        DROP CONSTRAINT ck_operator_proof,
        DROP COLUMN oidc_linked_at,
        DROP COLUMN oidc_subject,
        DROP COLUMN oidc_issuer,
        ADD CONSTRAINT ck_operator_password CHECK (status <> 'active' OR password_hash IS NOT NULL)`);
  }
}
