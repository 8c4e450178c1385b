import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cards that merchants keep, each once per merchant and environment, under a long-lived key of the merchant's own. Nothing
 * of a deleted one stays.
 */
export class CreateInstruments1795392152000 implements MigrationInterface {
  name = 'CreateInstruments1795392152000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE instrument_key (
        merchant_id uuid NOT NULL CONSTRAINT pk_instrument_key PRIMARY KEY,
        id uuid NOT NULL,
        wrapped bytea NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT uq_instrument_key_id UNIQUE (id),
        CONSTRAINT fk_instrument_key_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
      )`);
    await runner.query(`
      CREATE TABLE instrument (
        id uuid NOT NULL CONSTRAINT pk_instrument PRIMARY KEY,
        merchant_id uuid NOT NULL,
        environment text NOT NULL,
        fingerprint text NOT NULL,
        fingerprint_key_version int NOT NULL,
        number_sealed bytea NOT NULL,
        name_sealed bytea,
        expiry_month smallint NOT NULL,
        expiry_year smallint NOT NULL,
        bin text NOT NULL,
        last_four text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT uq_instrument_card UNIQUE (merchant_id, environment, fingerprint_key_version, fingerprint),
        CONSTRAINT fk_instrument_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT ck_instrument_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_instrument_expiry_month CHECK (expiry_month BETWEEN 1 AND 12)
      )`);
    await runner.query(`SELECT countersign_protect('instrument')`);
    await runner.query(`SELECT countersign_protect('instrument_key', 'false', shared => false)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['instrument', 'instrument_key']) await runner.query(`DROP TABLE ${table}`);
  }
}
