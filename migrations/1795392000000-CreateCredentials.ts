import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Merchants, their channels and acquirer records, the access keys that we issue to them, and the keys that sign our
 * tokens. The composite foreign keys say that a key's default channel is of the same merchant and environment.
 */
export class CreateCredentials1795392000000 implements MigrationInterface {
  name = 'CreateCredentials1795392000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE merchant (
        id uuid NOT NULL CONSTRAINT pk_merchant PRIMARY KEY,
        name text NOT NULL,
        status text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT ck_merchant_status CHECK (status IN ('active', 'suspended'))
      )`);
    await runner.query(`
      CREATE TABLE processing_channel (
        id uuid NOT NULL CONSTRAINT pk_processing_channel PRIMARY KEY,
        merchant_id uuid NOT NULL,
        environment text NOT NULL,
        name text NOT NULL,
        connectors text[] NOT NULL,
        preferred_schemes text[] NOT NULL,
        session_minutes int NOT NULL DEFAULT 30,
        card_retention_minutes int NOT NULL DEFAULT 60,
        auto_complete boolean NOT NULL DEFAULT true,
        webhook_secret_sealed bytea,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT uq_processing_channel_owner UNIQUE (merchant_id, environment, id),
        CONSTRAINT fk_processing_channel_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT ck_processing_channel_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_processing_channel_connectors CHECK (cardinality(connectors) > 0),
        CONSTRAINT ck_processing_channel_session_minutes CHECK (session_minutes BETWEEN 5 AND 60),
        CONSTRAINT ck_processing_channel_card_retention CHECK (card_retention_minutes BETWEEN 0 AND 1440)
      )`);
    await runner.query(`
      CREATE TABLE acquirer_record (
        channel_id uuid NOT NULL,
        scheme text NOT NULL,
        acquirer_bin text NOT NULL,
        acquirer_merchant_id text NOT NULL,
        mcc text NOT NULL,
        country_code text NOT NULL,
        merchant_name text NOT NULL,
        requestor_id text NOT NULL,
        requestor_name text NOT NULL,
        requestor_url text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT pk_acquirer_record PRIMARY KEY (channel_id, scheme),
        CONSTRAINT fk_acquirer_record_channel FOREIGN KEY (channel_id) REFERENCES processing_channel (id),
        CONSTRAINT ck_acquirer_record_scheme CHECK (
          scheme IN ('visa', 'mastercard', 'amex', 'cartes_bancaires', 'jcb', 'diners', 'discover')
        ),
        CONSTRAINT ck_acquirer_record_mcc CHECK (mcc ~ '^[0-9]{4}$'),
        CONSTRAINT ck_acquirer_record_country_code CHECK (country_code ~ '^[0-9]{3}$')
      )`);
    await runner.query(`
      CREATE TABLE access_key (
        id uuid NOT NULL CONSTRAINT pk_access_key PRIMARY KEY,
        merchant_id uuid NOT NULL,
        environment text NOT NULL,
        default_channel_id uuid,
        mac_key_sealed bytea NOT NULL,
        secret_mac bytea NOT NULL,
        scopes text[] NOT NULL,
        token_ttl_seconds int NOT NULL DEFAULT 3600,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz,
        version int NOT NULL DEFAULT 1,
        CONSTRAINT fk_access_key_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT fk_access_key_default_channel FOREIGN KEY (merchant_id, environment, default_channel_id)
          REFERENCES processing_channel (merchant_id, environment, id),
        CONSTRAINT ck_access_key_environment CHECK (environment IN ('test', 'live')),
        CONSTRAINT ck_access_key_scopes CHECK (cardinality(scopes) > 0),
        CONSTRAINT ck_access_key_token_ttl CHECK (token_ttl_seconds BETWEEN 1 AND 86400)
      )`);
    await runner.query('CREATE INDEX ix_access_key_merchant ON access_key (merchant_id, created_at)');
    await runner.query(`
      CREATE TABLE signing_key (
        kid uuid NOT NULL CONSTRAINT pk_signing_key PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        private_sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        activates_at timestamptz NOT NULL,
        retires_at timestamptz,
        version int NOT NULL DEFAULT 1
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['signing_key', 'access_key', 'acquirer_record', 'processing_channel', 'merchant']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
