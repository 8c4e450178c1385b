import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['operator', 'operator_recovery_code', 'operator_invitation', 'operator_session', 'sign_in_throttle'];

/**
 * The people who use the console: who they are, what they may do for which merchants (`merchant_ids` NULL: all), how they
 * prove themselves, and where they are signed in. Merchants are another lib's and never deleted, hence no foreign key.
 */
export class CreateOperators1795392190000 implements MigrationInterface {
  name = 'CreateOperators1795392190000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE operator (
        id uuid NOT NULL CONSTRAINT pk_operator PRIMARY KEY,
        email text NOT NULL,
        name text NOT NULL,
        role text NOT NULL,
        merchant_ids uuid[],
        status text NOT NULL,
        password_hash text,
        totp_sealed bytea,
        totp_pending_sealed bytea,
        totp_last_step bigint,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        last_signed_in_at timestamptz,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT uq_operator_email UNIQUE (email),
        CONSTRAINT ck_operator_email CHECK (email = lower(email)),
        CONSTRAINT ck_operator_role CHECK (role IN ('viewer', 'operator', 'merchant_admin', 'admin')),
        CONSTRAINT ck_operator_merchants CHECK (cardinality(merchant_ids) > 0),
        CONSTRAINT ck_operator_status CHECK (status IN ('invited', 'active', 'disabled')),
        CONSTRAINT ck_operator_password CHECK (status <> 'active' OR password_hash IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX ix_operator_created ON operator (created_at, id)');
    await runner.query(`
      CREATE TABLE operator_recovery_code (
        operator_id uuid NOT NULL,
        code_mac bytea NOT NULL,
        CONSTRAINT pk_operator_recovery_code PRIMARY KEY (operator_id, code_mac),
        CONSTRAINT fk_operator_recovery_code_operator FOREIGN KEY (operator_id) REFERENCES operator (id)
      )`);
    await runner.query(`
      CREATE TABLE operator_invitation (
        operator_id uuid NOT NULL CONSTRAINT pk_operator_invitation PRIMARY KEY,
        token_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT uq_operator_invitation_token UNIQUE (token_hash),
        CONSTRAINT fk_operator_invitation_operator FOREIGN KEY (operator_id) REFERENCES operator (id)
      )`);
    await runner.query(`
      CREATE TABLE operator_session (
        id uuid NOT NULL CONSTRAINT pk_operator_session PRIMARY KEY,
        operator_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        address text,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        CONSTRAINT uq_operator_session_token UNIQUE (token_hash),
        CONSTRAINT fk_operator_session_operator FOREIGN KEY (operator_id) REFERENCES operator (id)
      )`);
    await runner.query('CREATE INDEX ix_operator_session_operator ON operator_session (operator_id)');
    await runner.query('CREATE INDEX ix_operator_session_created ON operator_session (created_at)');
    await runner.query(`
      CREATE TABLE sign_in_throttle (
        key_mac bytea NOT NULL CONSTRAINT pk_sign_in_throttle PRIMARY KEY,
        failures int NOT NULL,
        locked_until timestamptz,
        changed_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX ix_sign_in_throttle_changed ON sign_in_throttle (changed_at)');
    // Nobody who reads for merchants has anything to see here.
    for (const table of TABLES) {
      await runner.query(`SELECT countersign_protect($1::regclass, 'false', shared => false)`, [table]);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}
