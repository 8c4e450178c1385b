import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Card numbers at rest, in partitions of one day, and the keys that seal them: one data key per UTC day and purpose, one
 * fingerprint key per merchant and version. A destroyed data key keeps its row, without the key.
 */
export class CreateCards1795392001000 implements MigrationInterface {
  name = 'CreateCards1795392001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE data_key (
        id uuid NOT NULL CONSTRAINT pk_data_key PRIMARY KEY,
        purpose text NOT NULL,
        day date NOT NULL,
        wrapped bytea,
        created_at timestamptz NOT NULL,
        destroy_after timestamptz NOT NULL,
        destroyed_at timestamptz,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT uq_data_key_purpose_day UNIQUE (purpose, day),
        CONSTRAINT ck_data_key_purpose CHECK (
          purpose IN ('card', 'authentication_value', 'session_secret', 'request_data')
        ),
        CONSTRAINT ck_data_key_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
      )`);
    await runner.query('CREATE INDEX ix_data_key_alive ON data_key (destroy_after) WHERE destroyed_at IS NULL');
    await runner.query(`
      CREATE TABLE merchant_fingerprint_key (
        merchant_id uuid NOT NULL,
        key_version int NOT NULL,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_merchant_fingerprint_key PRIMARY KEY (merchant_id, key_version),
        CONSTRAINT fk_merchant_fingerprint_key_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT ck_merchant_fingerprint_key_version CHECK (key_version > 0)
      )`);
    await runner.query(`
      CREATE TABLE card (
        session_id uuid NOT NULL CONSTRAINT pk_card PRIMARY KEY,
        merchant_id uuid NOT NULL,
        sealed bytea NOT NULL,
        expiry_month smallint NOT NULL,
        expiry_year smallint NOT NULL,
        expires_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT ck_card_expiry_month CHECK (expiry_month BETWEEN 1 AND 12)
      ) PARTITION BY RANGE (session_id)`);
    await runner.query('CREATE INDEX ix_card_expires_at ON card (expires_at) WHERE expires_at IS NOT NULL');
    await runner.query(`SELECT countersign_ensure_partitions('card', 'day', 1, 2)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['card', 'merchant_fingerprint_key', 'data_key']) await runner.query(`DROP TABLE ${table}`);
  }
}
